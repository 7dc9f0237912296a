import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  ReportBy,
  type Benefit,
  type PlatformReport,
  type ReportRow,
  type UnusedGrant,
} from '../../schemas/contracts/reports.ts';
import { allRoutes, type RouteId } from '../../schemas/contracts/routes.ts';
import { anAgreement, anId, department, resource } from '../support/builders.ts';
import type { ApiCall } from '../support/memory/api-call.ts';
import { nothingAsked } from '../../functions/reports/domain/asked.ts';
import { aCompared, aDelivered, aLookedUp, anEvidence } from './an-evidence.ts';
import { aReportsApi } from './api.ts';

const params = { agreementId: anId(1) as string };
const body = { period: '2026-12', casesSolved: 4, amountRecovered: 1200, words: 'firms that never filed' };

let hub: ReturnType<typeof aReportsApi>;
beforeEach(async () => {
  hub = aReportsApi();
  hub.agreements.give(
    anAgreement({ state: 'active' }),
    anAgreement({ agreementId: anId(2), state: 'active', consumer: department('press') }),
    anAgreement({
      agreementId: anId(3),
      state: 'terminated',
      provider: department('housing'),
      resourceId: resource('permits'),
    }),
  );
  const permits = { resourceId: resource('permits'), provider: department('housing'), agreementId: anId(3) };
  hub.counters.give(
    aDelivered('delivery-released', { number: 1, dataset: 1 }),
    aDelivered('delivery-released', { number: 2, dataset: 2, figures: { rows: 10, bytes: 200, lateSeconds: 5000 } }),
    aDelivered('delivery-released', { number: 3, consumer: department('press'), subject: { agreementId: anId(2) } }),
    aDelivered('delivery-released', { number: 4, subject: permits, at: '2026-11-15T00:00:00.000Z' }),
    aDelivered('receipt-given', { number: 5, dataset: 1 }),
    anEvidence('definition-published', { number: 6 }),
    anEvidence('definition-published', {
      number: 7,
      subject: { resourceId: resource('permits'), provider: department('housing') },
    }),
    anEvidence('upload-accepted', { number: 8, figures: { read: 9, accepted: 7, rejected: 2, 'rule:type': 2 } }),
  );
  await hub.count();
});

const report = async (as: string, query: Record<string, string | number> = {}) =>
  (await hub.call<PlatformReport>('platformReport', as, { query })).body;
const rows = (items: PlatformReport['items']) =>
  items
    .map((row) => row as ReportRow)
    .map(({ provider, consumer, resourceId, deliveries }) =>
      [provider, consumer, resourceId, deliveries].filter((part) => part !== undefined).join(' '),
    );

describe('the platform report', () => {
  test.each(['eitc', 'auditor'])('shows everything to %s', async (as) => {
    const { totals, from, to } = await report(as, { by: 'pair' });
    expect({ from, to }).toEqual({ from: '2026-01', to: '2026-12' });
    expect(totals).toMatchObject({
      departments: 40,
      resources: 2,
      agreements: 3,
      agreementsByState: { active: 2, terminated: 1, proposed: 0, suspended: 0 },
      pairs: 2,
      deliveries: 4,
      records: 40,
      bytes: 800,
      onTime: 3,
      late: 1,
      receipts: 1,
      uploadsAccepted: 1,
      recordsRejected: 2,
    });
  });
  test.each<[string, string[], object]>([
    [
      'tax',
      ['housing tax 1', 'quality tax 2'],
      { resources: 0, agreements: 2, deliveries: 3, uploadsAccepted: 0, pairs: 1 },
    ],
    ['press', ['quality press 1'], { resources: 0, agreements: 1, deliveries: 1, uploadsAccepted: 0, pairs: 1 }],
    [
      'quality',
      ['quality press 1', 'quality tax 2'],
      { resources: 1, agreements: 2, deliveries: 3, uploadsAccepted: 1, pairs: 2 },
    ],
    ['culture', [], { resources: 0, agreements: 0, deliveries: 0, uploadsAccepted: 0, pairs: 0 }],
  ])('shows %s its own pairs and nobody else’s', async (as, pairs, totals) => {
    const own = await report(as, { by: 'pair' });
    expect(rows(own.items)).toEqual(pairs);
    expect(own.totals).toMatchObject(totals);
  });
  test.each<[ReportBy, string[]]>([
    ['month', ['1', '3']],
    ['provider', ['housing 1', 'quality 3']],
    ['consumer', ['press 1', 'tax 3']],
    ['resource', ['quality legal-entities 3', 'housing permits 1']],
    ['theme', ['3']],
  ])('by %s has a row for each', async (by, expected) => {
    expect(rows((await report('eitc', { by })).items)).toEqual(expected);
  });
  test('by rule says whose records it rejected, to the provider and whoever sees all', async () => {
    const row = { rule: 'type', provider: 'quality', violations: 2, uploadsRefused: 0 };
    expect((await report('eitc', { by: 'rule' })).items).toEqual([row]);
    expect((await report('quality', { by: 'rule' })).items).toEqual([row]);
    expect((await report('tax', { by: 'rule' })).items).toEqual([]);
  });
  test('is about the months that are asked for', async () => {
    const november = await report('eitc', { from: '2026-11', to: '2026-11', by: 'pair' });
    expect(rows(november.items)).toEqual(['housing tax 1']);
    expect(november.totals).toMatchObject({ deliveries: 1, resources: 2 });
  });
  test.each([1, 2, 3])('in pages of %d is complete and without repeats', async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: PlatformReport = await report('eitc', { by: 'pair', limit, ...(cursor !== undefined && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...rows(page.items));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['housing tax 1', 'quality press 1', 'quality tax 2']);
  });
  test.each([
    [{ from: '2026-12', to: '2026-11' }, 422, 'invalid-period'],
    [{ from: '2020-01', to: '2026-12' }, 422, 'invalid-period'],
    [{ from: '2026-13' }, 400, 'malformed'],
    [{ by: 'moon' }, 400, 'malformed'],
    [{ format: 'pdf' }, 400, 'malformed'],
  ])('with %j is refused: %d %s', async (query, status, code) => {
    expect(await hub.call('platformReport', 'eitc', { query })).toMatchObject({
      status,
      body: { code },
    });
  });
});

describe('what an agreement was good for', () => {
  const state = (as: string, changes: object = {}, call: Partial<ApiCall> = {}) =>
    hub.call('stateBenefit', as, { params, body: { ...body, ...changes }, ...call });

  test('is said by its consumer, and stands in evidence, notice and report', async () => {
    const reply = await state('tax');
    expect(reply).toMatchObject({ status: 201, body: { ...body, consumer: 'tax', statedAt: hub.clock.now() } });
    expect(hub.journal.evidence).toMatchObject([
      {
        act: 'benefit-stated',
        subject: { agreementId: anId(1), provider: 'quality', consumer: 'tax' },
        figures: { period: 202_612, casesSolved: 4, amountRecovered: 1200 },
      },
    ]);
    expect(hub.benefits.notices).toMatchObject([
      { to: 'quality', notice: { type: 'agreement', event: 'benefit-stated', by: 'tax' } },
    ]);
    expect(JSON.stringify([hub.journal.evidence, hub.benefits.notices, hub.log.lines])).not.toContain(body.words);
    expect((await report('eitc')).totals).toMatchObject({ casesSolved: 4, amountRecovered: 1200 });
    const byPair = (await report('quality', { by: 'pair' })).items as ReportRow[];
    expect(byPair.find(({ consumer }) => consumer === 'tax')).toMatchObject({ casesSolved: 4, deliveries: 2 });
    expect((await report('press')).totals).toMatchObject({ casesSolved: 0 });
    const byTheme = (await report('eitc', { by: 'theme' })).items;
    expect(byTheme).toMatchObject([{ theme: 'economy', casesSolved: 4 }]);
  });
  test('said again of the same month takes the place of what was said, and the evidence has both', async () => {
    await state('tax');
    hub.clock.set('2026-12-21T01:00:00.000Z');
    await state('tax', { casesSolved: 6, amountRecovered: undefined });
    const { body: list } = await hub.call('listBenefits', 'tax', { params });
    expect(list).toMatchObject({ items: [{ period: '2026-12', casesSolved: 6 }] });
    expect((await report('eitc')).totals).toMatchObject({ casesSolved: 6, amountRecovered: 0 });
    expect(hub.journal.evidence.map(({ figures }) => figures?.['casesSolved'])).toEqual([4, 6]);
  });
  test('is listed by month, the newest first', async () => {
    hub.clock.set('2027-02-03T00:00:00.000Z');
    for (const period of ['2026-12', '2027-02', '2027-01']) await state('tax', { period });
    const { body: list } = await hub.call<{ items: { period: string }[] }>('listBenefits', 'quality', { params });
    expect(list.items.map(({ period }) => period)).toEqual(['2027-02', '2027-01', '2026-12']);
  });
  test('with the same Idempotency-Key is said once', async () => {
    const headers = { 'Idempotency-Key': 'december' };
    const first = await state('tax', {}, { headers });
    expect(await state('tax', {}, { headers })).toMatchObject({ status: 201, body: first.body });
    expect(hub.journal.evidence).toHaveLength(1);
  });
  test.each<[string, object, number, string]>([
    ['of a month to come', { period: '2027-01' }, 422, 'invalid-statement'],
    ['of a month before it was filed', { period: '2026-11' }, 422, 'invalid-statement'],
    ['without words', { words: '' }, 400, 'malformed'],
    ['of a month that is none', { period: '2026-00' }, 400, 'malformed'],
    ['with a negative figure', { casesSolved: -1 }, 400, 'malformed'],
    ['with half a case', { casesSolved: 0.5 }, 400, 'malformed'],
    ['with an unknown figure', { applause: 3 }, 400, 'malformed'],
  ])('%s is refused', async (_, changes, status, code) => {
    expect(await state('tax', changes)).toMatchObject({ status, body: { code } });
    expect(hub.journal.evidence).toEqual([]);
  });
  test('of an agreement that was never in force is refused', async () => {
    hub.agreements.give(anAgreement({ state: 'signed' }));
    expect(await state('tax')).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
  });
});

describe('what a benefit rests on', () => {
  const once = (more: object = {}) => ({
    agreementId: anId(1),
    at: '2026-12-05T00:00:00.000Z',
    figures: { ...nothingAsked, lookups: 1, keysLookedUp: 3, recordsShown: 2 },
    withheld: false,
    ...more,
  });
  const comparison = (more: object = {}) =>
    once({ figures: { ...nothingAsked, comparisons: 1, comparedRows: 100, comparisonHits: 60 }, ...more });
  beforeEach(() => {
    hub.answers.give(anId(801), once());
    hub.answers.give(anId(802), once());
    hub.answers.give(anId(803), once({ agreementId: anId(2) }));
    hub.answers.give(anId(804), once({ at: '2026-11-30T15:59:59.999Z' }));
    hub.answers.give(anId(851), comparison());
    hub.answers.give(anId(852), comparison({ withheld: true }));
  });
  const state = (restsOn: unknown, as = 'tax') =>
    hub.call<Benefit>('stateBenefit', as, { params, body: { ...body, restsOn } });

  test('is found by the hub, stands with it, and is in evidence and report', async () => {
    const restsOn = { lookups: [anId(801), anId(802)], comparisons: [anId(851)] };
    const found = {
      lookups: 2,
      keysLookedUp: 6,
      recordsShown: 4,
      comparisons: 1,
      comparedRows: 100,
      comparisonHits: 60,
    };
    expect(await state(restsOn)).toMatchObject({ status: 201, body: { restsOn, found } });
    const [evidence] = hub.journal.evidence;
    expect(evidence).toMatchObject({ figures: { casesSolved: 4, ...found }, digests: { restsOn: expect.any(String) } });
    const { items } = (await hub.call<{ items: Benefit[] }>('listBenefits', 'quality', { params })).body;
    expect(items).toMatchObject([{ restsOn, found }]);
    const { items: rowsOfPairs } = await report('quality', { by: 'pair' });
    const row = (rowsOfPairs as ReportRow[]).find(({ consumer }) => consumer === 'tax');
    expect(row).toMatchObject({ benefitAsked: 106, benefitFound: 64, casesSolved: 4 });
    expect((await report('press')).totals).toMatchObject({ benefitAsked: 0, benefitFound: 0 });
  });
  test('is all that is counted of the month where that is said, and of what is said alone', async () => {
    hub.counters.give(
      aLookedUp({ number: 20, at: '2026-12-05T00:00:00.000Z' }),
      aLookedUp({ number: 21, at: '2026-12-06T00:00:00.000Z' }),
      aLookedUp({ number: 22, at: '2026-11-30T00:00:00.000Z' }),
      aLookedUp({ number: 23, at: '2026-12-06T00:00:00.000Z', subject: { agreementId: anId(2) } }),
      aCompared({ number: 24, at: '2026-12-06T00:00:00.000Z' }),
    );
    await hub.count();
    expect(await state({ lookups: 'all' })).toMatchObject({
      status: 201,
      body: { found: { ...nothingAsked, lookups: 2, keysLookedUp: 6, recordsShown: 4 } },
    });
    expect((await state({ lookups: 'all', comparisons: 'all' })).body.found).toMatchObject({
      lookups: 2,
      comparisons: 1,
      comparisonHits: 60,
    });
    // Said again without: it rests on nothing any more, and the report takes that back.
    await hub.call('stateBenefit', 'tax', { params, body });
    expect((await report('eitc')).totals).toMatchObject({ benefitAsked: 0, benefitFound: 0, casesSolved: 4 });
  });
  test.each<[string, object, string, string]>([
    ['a lookup that is not there', { lookups: [anId(801), anId(899)] }, '/restsOn/lookups/1', 'unknown'],
    ['a lookup of another agreement', { lookups: [anId(803)] }, '/restsOn/lookups/0', 'unknown'],
    ['a lookup of another month', { lookups: [anId(804)] }, '/restsOn/lookups/0', 'other-month'],
    ['a comparison that is not there', { comparisons: [anId(899)] }, '/restsOn/comparisons/0', 'unknown'],
    ['a comparison whose result was withheld', { comparisons: [anId(852)] }, '/restsOn/comparisons/0', 'withheld'],
    ['a comparison as a lookup', { lookups: [anId(851)] }, '/restsOn/lookups/0', 'unknown'],
    ['all lookups where there were none', { lookups: 'all' }, '/restsOn/lookups', 'none'],
    ['all comparisons where there were none', { comparisons: 'all' }, '/restsOn/comparisons', 'none'],
  ])('is refused of %s', async (_, restsOn, path, rule) => {
    expect(await state(restsOn)).toMatchObject({
      status: 422,
      body: { code: 'invalid-statement', violations: [{ path, rule }] },
    });
    expect(hub.journal.evidence).toEqual([]);
  });
  test('tells another’s lookup from none at all by nothing', async () => {
    const [another, none] = [await state({ lookups: [anId(803)] }), await state({ lookups: [anId(899)] })];
    expect(another).toEqual(none);
  });
  test.each([
    ['nothing', {}],
    ['no lookup', { lookups: [] }],
    ['one twice', { lookups: [anId(801), anId(801)] }],
    ['more than a hundred', { lookups: Array.from({ length: 101 }, (_, index) => anId(index)) }],
    ['what is no id', { comparisons: ['x'] }],
    ['some', { lookups: 'some' }],
  ])('is malformed with %s', async (_, restsOn) => {
    expect(await state(restsOn)).toMatchObject({ status: 400, body: { code: 'malformed' } });
  });
  test('is nobody’s to say but the consumer’s: nothing is told of ids', async () => {
    expect(await state({ lookups: [anId(803)] }, 'press')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await state({ lookups: [anId(899)] }, 'quality')).toMatchObject({ status: 403 });
  });
});

describe('what was asked instead of copied', () => {
  beforeEach(async () => {
    hub.counters.give(
      aLookedUp({ number: 20 }),
      aLookedUp({ number: 21, subject: { reason: '核查' } }),
      aLookedUp({ number: 22, subject: { consumer: department('press'), agreementId: anId(2) } }),
      aCompared({ number: 23 }),
      aCompared({ number: 24, subject: { comparisonKind: 'missing' }, figures: { rows: 5, rejected: 0, hits: 2 } }),
    );
    await hub.count();
  });
  const reasonsOf = async (as: string) =>
    (await report(as, { by: 'reason' })).items.map((row) => Object.values(row).join(' '));
  const kindsOf = async (as: string) =>
    (await report(as, { by: 'kind' })).items.map((row) => Object.values(row).join(' '));
  const [enforcement, check] = ['执行 | 送达 quality tax 1 3 2', '核查 quality tax 1 3 2'];
  const press = '执行 | 送达 quality press 1 3 2';
  const kinds = ['missing quality tax 1 5 2', 'verify quality tax 1 100 60'];

  test.each<[string, string[], string[]]>([
    ['eitc', [press, enforcement, check], kinds],
    ['auditor', [press, enforcement, check], kinds],
    ['quality', [press, enforcement, check], kinds],
    ['tax', [enforcement, check], kinds],
    ['press', [press], []],
    ['housing', [], []],
    ['culture', [], []],
  ])('is told %s by reason and by kind, of its own pairs alone', async (as, reasons, ownKinds) => {
    expect((await reasonsOf(as)).toSorted()).toEqual(reasons.toSorted());
    expect(await kindsOf(as)).toEqual(ownKinds);
  });
  test('is told a third department by nothing, however it asks', async () => {
    for (const by of ReportBy.options) {
      const { items, totals } = await report('culture', { by });
      expect([items, totals.lookups, totals.comparisons]).toEqual([[], 0, 0]);
    }
  });
  test('by reason comes in pages, and as CSV', async () => {
    const first = await report('eitc', { by: 'reason', limit: 2 });
    const rest = await report('eitc', { by: 'reason', limit: 2, cursor: first.cursor! });
    expect([first.items.length, rest.items.length, rest.cursor]).toEqual([2, 1, undefined]);
    const csv = await hub.call<string>('platformReport', 'tax', { query: { by: 'kind', format: 'csv' } });
    expect(csv.body).toContain('kind,provider,consumer,comparisons,comparedRows,comparisonHits');
  });
});

describe('grants that nobody makes use of', () => {
  const later = '2027-04-01T00:00:00.000Z';
  const unused = async (as: string, query: Record<string, string | number> = {}) =>
    (await hub.call<{ items: UnusedGrant[]; cursor?: string }>('listUnusedGrants', as, { query })).body;
  beforeEach(async () => {
    hub.clock.set(later);
    hub.counters.give(aDelivered('content-requested', { number: 20, dataset: 1, at: '2027-03-31T00:00:00.000Z' }));
    await hub.count();
  });

  test.each([
    ['eitc', [anId(2)]],
    ['auditor', [anId(2)]],
    ['press', [anId(2)]],
    ['quality', [anId(2)]],
    ['tax', []],
    ['culture', []],
  ])('for %s are its own, those in force', async (as, ids) => {
    const { items } = await unused(as);
    expect(items.map(({ agreementId }) => agreementId)).toEqual(ids);
  });
  test('say why, since when, and of which fields', async () => {
    expect((await unused('eitc')).items).toMatchObject([
      { reason: 'never-fetched', deliveries: 1, unfetched: 1, unreadFields: ['org_code', 'name'] },
    ]);
  });
  test('are not judged before the days that are asked for have passed', async () => {
    expect((await unused('eitc', { days: 365 })).items).toEqual([]);
  });
  test('in pages that may be empty are complete', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await unused('eitc', { limit: 1, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ agreementId }) => agreementId));
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== undefined);
    expect([pages, seen]).toEqual([3, [anId(2)]]);
  });
});

describe('who may do what', () => {
  const answers = async (route: RouteId, call: Omit<ApiCall, 'as' | 'route'>) => {
    const found: Record<string, string> = {};
    for (const as of ['quality', 'tax', 'eitc', 'auditor', 'press']) {
      const { status, body: answer } = await hub.call(route, as, call);
      found[as] = status < 300 ? String(status) : `${status} ${String(answer['code'])}`;
    }
    return found;
  };
  const all = { quality: '200', tax: '200', eitc: '200', auditor: '200', press: '200' };
  const cases: [RouteId, Omit<ApiCall, 'as' | 'route'>, Record<string, string>][] = [
    ['platformReport', {}, all],
    ['listUnusedGrants', {}, all],
    ['readUsage', { params }, { ...all, press: '404 not-found' }],
    ['listBenefits', { params }, { ...all, press: '404 not-found' }],
    [
      'stateBenefit',
      { params, body },
      {
        quality: '403 not-the-consumer',
        tax: '201',
        eitc: '403 not-the-consumer',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
  ];
  test.each(cases)('%s', async (route, call, expected) => {
    expect(await answers(route, call)).toEqual(expected);
  });
  test('every route of the capability is among these cases', () => {
    expect(cases.map(([route]) => route).toSorted()).toEqual(
      allRoutes
        .filter(({ capability }) => capability === 'reports')
        .map(({ id }) => id)
        .toSorted(),
    );
  });
  test.each<[RouteId, unknown]>([
    ['readUsage', undefined],
    ['listBenefits', undefined],
    ['stateBenefit', body],
  ])('a stranger cannot tell by %s an agreement that exists from one that does not', async (route, request) => {
    const existing = await hub.call(route, 'press', { params, body: request });
    expect(existing.status).toBe(404);
    expect(await hub.call(route, 'press', { params: { agreementId: anId(99) }, body: request })).toEqual(existing);
    expect(await hub.call(route, 'press', { params: { agreementId: 'no-id' }, body: request })).toEqual(existing);
  });
});

test('the use of an agreement is what was released, fetched and confirmed', async () => {
  hub.counters.give(aDelivered('content-requested', { number: 30, dataset: 1, at: '2026-12-03T00:00:00.000Z' }));
  await hub.count();
  expect((await hub.call('readUsage', 'quality', { params })).body).toMatchObject({
    deliveries: 2,
    fetched: 1,
    receipts: 1,
    contentRequests: 1,
    lastFetchedAt: '2026-12-03T00:00:00.000Z',
    unfetched: { count: 1, deliveries: [{ datasetVersion: 2 }] },
    unreadFields: [],
  });
});
