import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { StoredAsked, StoredBenefit, StoredUse } from '../../schemas/stored/reports.ts';
import { countHandler } from '../../functions/reports/count.handler.ts';
import { askedOf, nothingAsked } from '../../functions/reports/domain/asked.ts';
import { together, type Counted } from '../../functions/reports/domain/batch.ts';
import { countersOf } from '../../functions/reports/domain/counters.ts';
import { useOf } from '../../functions/reports/domain/uses.ts';
import type { Agreements, Benefits, Catalog, Counters, Uses } from '../../functions/reports/ports.ts';
import { agreementItem, pointerItems } from '../../functions/adapters/dynamodb/agreements/items.ts';
import { dynamoBenefits } from '../../functions/adapters/dynamodb/reports/benefits.ts';
import { dynamoCounters } from '../../functions/adapters/dynamodb/reports/counters.ts';
import { writeEvidence } from '../../functions/adapters/dynamodb/evidence.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoReportedAgreements, dynamoReportedCatalog } from '../../functions/adapters/dynamodb/reports/reads.ts';
import { dynamoUses } from '../../functions/adapters/dynamodb/reports/usage.ts';
import { anAgreement, anId, aResourceVersion, department, instant, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { marksOf } from '../support/marks.ts';
import { recordingLog, testClock } from '../support/memory/kernel.ts';
import { commit, putNew } from '../../functions/adapters/dynamodb/table/write.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { aCompared, aDelivered, aLookedUp, anEvidence } from './an-evidence.ts';
import { memoryBenefits, memoryCounters } from './memory.ts';

interface ReportStores {
  readonly counters: Counters;
  readonly uses: Uses;
  readonly benefits: Benefits;
  /** Commits evidence as an act does. */
  give(evidence: Evidence): Promise<void>;
  close(): Promise<void>;
}

async function onMemory(): Promise<ReportStores> {
  const counters = memoryCounters();
  return {
    counters,
    uses: counters.uses,
    benefits: memoryBenefits(),
    give: async (evidence) => counters.give(evidence),
    close: async () => undefined,
  };
}

async function onDynamo(): Promise<ReportStores> {
  const aws = await startLocalAws();
  return {
    counters: dynamoCounters(aws.table),
    uses: dynamoUses(aws.table),
    benefits: dynamoBenefits(aws.table),
    give: async (evidence) => void (await commit(aws.table, writeEvidence(aws.table, evidence))),
    close: () => aws.stop(),
  };
}

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const facts = { provider: department('quality'), themes: ['经济 | #1'] };
const countedOf = (evidence: Evidence): Counted => ({
  evidenceId: evidence.evidenceId,
  kin: '',
  counters: countersOf(evidence, facts, 'Asia/Shanghai'),
  use: useOf(evidence),
  asked: askedOf(evidence, 'Asia/Shanghai'),
});

let made = 0;
const delivered = (act: Parameters<typeof aDelivered>[0], dataset: number, agreement: AgreementId, at = instant) =>
  aDelivered(act, { number: ++made, dataset, at, subject: { agreementId: agreement } });

describe.each([
  ['memory', onMemory],
  ['DynamoDB', onDynamo],
])('the stores of reports on %s', (_, open) => {
  let stores: ReportStores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());
  const given = async (...evidence: Evidence[]) => {
    for (const item of evidence) await stores.give(item);
    return evidence;
  };
  const deliveriesIn = async (scope: 'hub' | 'tax', by: 'month' | 'cell' | 'theme') => {
    const counters = await stores.counters.of(scope === 'hub' ? 'hub' : department(scope), '2026-12', by);
    return counters.reduce((all, { figures }) => all + (figures.deliveries ?? 0), 0);
  };

  test('evidence that is committed is to be counted, oldest first, until it is', async () => {
    const [late, early] = await given(
      delivered('receipt-given', 1, anId(40), '2026-12-01T05:00:00.000Z'),
      delivered('receipt-given', 1, anId(40), '2026-12-01T04:00:01.000Z'),
    );
    // Other tests have evidence of their own.
    const uncounted = async (until: string) =>
      (await collect(stores.counters.uncounted(until))).filter(({ at }) => at >= '2026-12-01T04:00:01.000Z');
    expect(await uncounted('2026-12-01T06:00:00.000Z')).toEqual([early, late]);
    expect(await uncounted('2026-12-01T04:30:00.000Z')).toEqual([early]);
    expect(await stores.counters.add(together([countedOf(early!)]))).toEqual([]);
    expect(await uncounted('2026-12-01T06:00:00.000Z')).toEqual([late]);
    await stores.counters.add(together([countedOf(late!)]));
  });

  test('counters add up over transactions, and say where they are', async () => {
    const before = await deliveriesIn('hub', 'month');
    const acts = await given(...[1, 2, 3].map((dataset) => delivered('delivery-released', dataset, anId(41))));
    for (const act of acts) expect(await stores.counters.add(together([countedOf(act)]))).toEqual([]);
    expect(await deliveriesIn('hub', 'month')).toBe(before + 3);
    const [cell] = await stores.counters.of(department('tax'), '2026-12', 'cell');
    expect(cell).toMatchObject({
      scope: 'tax',
      month: '2026-12',
      by: 'cell',
      place: { provider: 'quality', consumer: 'tax', resourceId: 'legal-entities' },
    });
    const [theme] = await stores.counters.of('hub', '2026-12', 'theme');
    expect(theme?.place).toEqual({ theme: '经济 | #1' });
    expect(await stores.counters.of('hub', '2026-10', 'month')).toEqual([]);
    expect(await stores.counters.of(department('press'), '2026-12', 'cell')).toEqual([]);
  });

  test('what was counted before is told, and then nothing is added', async () => {
    const [counted, fresh] = await given(
      delivered('delivery-released', 1, anId(42)),
      delivered('delivery-released', 2, anId(42)),
    );
    await stores.counters.add(together([countedOf(counted!)]));
    const before = await deliveriesIn('hub', 'month');
    const both = together([countedOf(counted!), countedOf(fresh!)]);
    expect(await stores.counters.add(both)).toEqual([counted!.evidenceId]);
    expect(await deliveriesIn('hub', 'month')).toBe(before);
    expect(await stores.counters.add(together([countedOf(fresh!)]))).toEqual([]);
    expect(await deliveriesIn('hub', 'month')).toBe(before + 1);
  });

  test('of the same evidence at once only one addition lands', async () => {
    const acts = await given(...[1, 2, 3].map((dataset) => delivered('delivery-released', dataset, anId(43))));
    const before = await deliveriesIn('tax', 'cell');
    const batch = together(acts.map(countedOf));
    const answers = await Promise.all(Array.from({ length: 4 }, () => stores.counters.add(batch)));
    expect(answers.filter((told) => told.length === 0)).toHaveLength(1);
    expect(await deliveriesIn('tax', 'cell')).toBe(before + 3);
  });

  test('the use of deliveries is kept by delivery, the newest first, whatever is counted first', async () => {
    const acts = [
      delivered('content-requested', 2, anId(44), '2026-12-01T03:00:00.000Z'),
      delivered('delivery-released', 2, anId(44), '2026-12-01T02:00:00.000Z'),
      delivered('delivery-released', 1, anId(44), '2026-12-01T01:00:00.000Z'),
      delivered('content-requested', 2, anId(44), '2026-12-01T04:00:00.000Z'),
    ];
    await given(...acts);
    for (const act of acts) await stores.counters.add(together([countedOf(act)]));
    const of = { agreementId: anId(44), termsVersion: 1 };
    expect(await collect(stores.uses.of(anId(44)))).toEqual([
      {
        ...of,
        datasetVersion: 2,
        deliveryId: anId(702),
        releasedAt: '2026-12-01T02:00:00.000Z',
        fetchedAt: '2026-12-01T04:00:00.000Z',
        requests: 2,
      },
      { ...of, datasetVersion: 1, deliveryId: anId(701), releasedAt: '2026-12-01T01:00:00.000Z', requests: 0 },
    ] satisfies StoredUse[]);
    expect(await collect(stores.uses.of(anId(45)))).toEqual([]);
  });

  test('what was asked is kept by month and terms version, newest month first, whatever is counted first', async () => {
    const of = { agreementId: anId(46), datasetVersion: 1 };
    const at = (day: string) => `2026-${day}T01:00:00.000Z`;
    const result = { ...of, comparisonId: anId(851), deliveryId: anId(901) };
    const acts = [
      aDelivered('content-requested', { number: ++made, at: at('12-03'), subject: result }),
      aLookedUp({ number: ++made, at: at('11-30'), subject: of }),
      aLookedUp({ number: ++made, at: at('12-02'), subject: { ...of, termsVersion: 2 } }),
      aCompared({ number: ++made, at: at('12-01'), subject: of }),
      aCompared({
        number: ++made,
        at: at('12-02'),
        subject: { ...of, deliveryId: undefined },
        figures: { rows: 5, withheld: 1 },
      }),
    ];
    await given(...acts);
    for (const act of acts) expect(await stores.counters.add(together([countedOf(act)]))).toEqual([]);
    const nothing = { ...nothingAsked, agreementId: anId(46), results: 0, requests: 0 };
    const asked: StoredAsked[] = [
      {
        ...nothing,
        month: '2026-12',
        termsVersion: 2,
        lookups: 1,
        keysLookedUp: 3,
        recordsShown: 2,
        askedAt: at('12-02'),
        usedAt: at('12-02'),
      },
      {
        ...nothing,
        month: '2026-12',
        termsVersion: 1,
        comparisons: 2,
        comparedRows: 105,
        comparisonHits: 60,
        results: 1,
        requests: 1,
        askedAt: at('12-02'),
        usedAt: expect.any(String) as unknown as string,
      },
      {
        ...nothing,
        month: '2026-11',
        termsVersion: 1,
        lookups: 1,
        keysLookedUp: 3,
        recordsShown: 2,
        askedAt: at('11-30'),
        usedAt: at('11-30'),
      },
    ];
    expect(await stores.uses.asked(anId(46))).toEqual(asked);
    expect(await stores.uses.asked(anId(46), '2026-11')).toEqual(asked.slice(2));
    expect(await stores.uses.asked(anId(47))).toEqual([]);
    expect(await collect(stores.uses.of(anId(46)))).toEqual([]);
  });

  describe('benefits', () => {
    const benefit = (number: number, period: string, changes: Partial<StoredBenefit> = {}): StoredBenefit => ({
      agreementId: anId(number),
      resourceId: resource('legal-entities'),
      provider: department('quality'),
      consumer: department('tax'),
      period,
      casesSolved: 1,
      words: '查明未登记企业',
      statedAt: instant,
      themes: ['economy'],
      ...changes,
    });
    const state = (stated: StoredBenefit, answer?: StoredAnswer) =>
      stores.benefits.state({
        benefit: stated,
        evidence: anEvidence('benefit-stated', { number: ++made }),
        notices: [],
        answer,
      });

    test('are kept one a month, the last word of each, and listed with the newest first, in pages too', async () => {
      for (const period of ['2026-11', '2027-01', '2026-12']) expect(await state(benefit(50, period))).toBe(true);
      await state(benefit(50, '2026-12', { casesSolved: 7 }));
      const { items } = await stores.benefits.ofAgreement(anId(50), { limit: 10 });
      expect(items.map(({ period, casesSolved }) => [period, casesSolved])).toEqual([
        ['2027-01', 1],
        ['2026-12', 7],
        ['2026-11', 1],
      ]);

      // Paged without loss or repeat.
      const first = await stores.benefits.ofAgreement(anId(50), { limit: 2 });
      const rest = await stores.benefits.ofAgreement(anId(50), { limit: 2, cursor: first.cursor });
      expect([...first.items, ...rest.items].map(({ period }) => period)).toEqual(['2027-01', '2026-12', '2026-11']);
      expect(rest.cursor).toBeUndefined();
    });
    test('of a month are everybody’s', async () => {
      for (const number of [54, 51]) await state(benefit(number, '2027-03'));
      const found = await stores.benefits.inMonth('2027-03');
      expect(found.map(({ agreementId }) => agreementId).toSorted()).toEqual([anId(51), anId(54)]);
      expect(await stores.benefits.inMonth('2026-10')).toEqual([]);
    });
    test('leave nothing behind where the answer’s key is taken', async () => {
      const answer: StoredAnswer = {
        department: department('tax'),
        routeId: 'stateBenefit',
        key: 'taken',
        requestDigest: 'digest',
        status: 201,
        body: '{}',
        expires: 4_000_000_000,
      };
      expect(await state(benefit(52, '2026-12'), answer)).toBe(true);
      expect(await state(benefit(53, '2026-12'), answer)).toBe(false);
      expect((await stores.benefits.ofAgreement(anId(53), { limit: 10 })).items).toEqual([]);
    });
  });
});

describe('on DynamoDB', () => {
  let aws: LocalAws;
  let agreements: Agreements;
  let catalog: Catalog;
  beforeAll(async () => {
    aws = await startLocalAws();
    agreements = dynamoReportedAgreements(aws.table);
    catalog = dynamoReportedCatalog(aws.table);
  });
  afterAll(() => aws.stop());

  test('a run works off hundreds of acts and leaves each of them as evidence without its mark', async () => {
    const acts = Array.from({ length: 150 }, (_, index) =>
      aDelivered('delivery-released', {
        number: 100_000 + index,
        dataset: index + 1,
        consumer: department(['tax', 'press', 'health'][index % 3]!),
        subject: { agreementId: anId(60 + (index % 3)) },
      }),
    );
    for (const act of acts) await commit(aws.table, writeEvidence(aws.table, act));
    const run = countHandler({
      counters: dynamoCounters(aws.table),
      catalog,
      clock: testClock('2026-12-02T00:00:00.000Z'),
      log: recordingLog(),
      timeZone: 'Asia/Shanghai',
    });
    await Promise.all([run(), run()]);
    const [month] = await dynamoCounters(aws.table).of('hub', '2026-12', 'month');
    expect(month?.figures).toEqual({ deliveries: 150, records: 1500, bytes: 30_000, onTime: 150 });
    const item = await readItem(aws.table, keyOf.evidence(acts[0]!.evidenceId));
    expect(item).toMatchObject({ act: 'delivery-released', figures: { rows: 10 } });
    const uncounted = await marksOf(aws.table, 'count');
    expect(acts.filter(({ evidenceId }) => uncounted.has(keyOf.evidence(evidenceId).pk))).toEqual([]);
  });

  test('agreements are told by state and party, and paged with their terms', async () => {
    const given = [
      anAgreement({ agreementId: anId(70), state: 'active' }),
      anAgreement({ agreementId: anId(71), state: 'terminated', consumer: department('press') }),
      anAgreement({ agreementId: anId(72), state: 'active', provider: department('housing') }),
    ];
    for (const agreement of given)
      await commit(
        aws.table,
        [agreementItem(agreement), ...pointerItems(agreement)].map((item) => putNew(aws.table, item)),
      );
    const states = async (of: 'all' | ReturnType<typeof department>) =>
      (await collect(agreements.standings(of))).map(({ state }) => state);
    expect(await states('all')).toEqual(['active', 'terminated', 'active']);
    expect(await states(department('tax'))).toEqual(['active', 'active']);
    expect(await states(department('press'))).toEqual(['terminated']);
    for (const party of ['all', department('tax')] as const) {
      const first = await agreements.page(party, { limit: 1 });
      expect(first.items).toEqual([given[0]]);
      const rest = await agreements.page(party, { limit: 10, cursor: first.cursor });
      expect(rest.items).toEqual(party === 'all' ? given.slice(1) : [given[2]]);
    }
    expect(await agreements.find(anId(71))).toEqual(given[1]);
  });

  test('a resource version says its provider and themes', async () => {
    const version = aResourceVersion();
    const stored = { ...version, definition: JSON.stringify(version.definition) };
    const key = keyOf.resourceVersion(version.resourceId, version.version);
    await commit(aws.table, [putNew(aws.table, toItem('resource-version', key, stored))]);
    expect(await catalog.facts(resource('legal-entities'), 1)).toEqual({ provider: 'quality', themes: ['economy'] });
    expect(await catalog.facts(resource('legal-entities'), 2)).toBeUndefined();
  });
});
