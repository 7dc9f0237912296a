import { beforeEach, describe, expect, test } from '@jest/globals';
import { Demand, DemandList, DraftedAgreement } from '../../schemas/contracts/demands.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { allRoutes, type RouteId } from '../../schemas/contracts/routes.ts';
import { Coverage, Theme } from '../../schemas/contracts/themes.ts';
import { aDefinition, aResourceVersion, anId, department, instant, resource, terms } from '../support/builders.ts';
import { membersOf } from '../support/memory/notices.ts';
import { aDemand, aDemandId, aTheme, declinedBy, progress, themeId } from './a-demand.ts';
import { aDemandsApi } from './api.ts';

let hub = aDemandsApi();
beforeEach(() => {
  hub = aDemandsApi();
});

const id = aDemandId(1);
const params = { demandId: id };
const body = {
  title: '法人单位',
  fields: [{ name: 'org_code' }, { name: '机构名称' }],
  from: ['quality', 'commerce'],
  purpose: '危险源周边单位通知',
  legalBasis: '突发事件应对法 第三十三条',
};
const { themeId: _themeId, definedAt: _definedAt, changedAt: _changedAt, ...themeBody } = aTheme();
const eventsTo = () => hub.store.told.map(({ to, notice }) => [to, notice.event, membersOf(notice).state]);

test('a demand goes from the first word to a drafted agreement, each step with its evidence and its notices', async () => {
  const stated = await hub.call<Demand>('stateThemeDemand', 'emergency', { params: { themeId }, body });
  expect(stated.status).toBe(201);
  const at = { params: { demandId: stated.body.demandId } };
  expect(Demand.parse(stated.body)).toMatchObject({ state: 'open', themeId, demander: 'emergency', declines: [] });
  const proposed = await hub.call<{ items: { resourceId: string }[] }>('listMatches', 'emergency', at);
  expect(proposed.body.items.map(({ resourceId }) => resourceId)).toEqual(['legal-entities']);
  const declined = await hub.call<Demand>('declineDemand', 'commerce', { ...at, body: { reason: '本单位不掌握' } });
  expect(declined.body).toMatchObject({
    state: 'open',
    declines: [{ department: 'commerce', reason: '本单位不掌握' }],
  });
  const matched = await hub.call<Demand>('matchDemand', 'quality', { ...at, body: { resourceId: 'legal-entities' } });
  expect(matched.body).toMatchObject({ state: 'matched', match: { by: 'quality', resourceId: 'legal-entities' } });
  const drafted = await hub.call<DraftedAgreement>('draftAgreement', 'emergency', { ...at, body: {} });
  expect(drafted.status).toBe(200);
  expect(DraftedAgreement.parse(drafted.body)).toMatchObject({
    resourceId: 'legal-entities',
    demandId: stated.body.demandId,
    terms: { fields: ['org_code', 'name'], validFrom: '2026-12-01', validTo: '2027-11-30' },
  });
  const withdrawn = await hub.call<Demand>('withdrawDemand', 'emergency', { ...at, body: { reason: '已取消' } });
  expect(withdrawn.body).toMatchObject({ state: 'withdrawn', withdrawal: { reason: '已取消' } });

  const { demandId } = stated.body;
  expect(hub.journal.evidence.map(({ act, actor, subject }) => [act, actor.department, subject])).toEqual([
    ['demand-stated', 'emergency', { demandId, themeId, consumer: 'emergency' }],
    ['demand-declined', 'commerce', { demandId, themeId, consumer: 'emergency', provider: 'commerce' }],
    [
      'demand-matched',
      'quality',
      { demandId, themeId, consumer: 'emergency', provider: 'quality', resourceId: 'legal-entities' },
    ],
    [
      'demand-withdrawn',
      'emergency',
      { demandId, themeId, consumer: 'emergency', provider: 'quality', resourceId: 'legal-entities' },
    ],
  ]);
  expect(eventsTo()).toEqual([
    ['quality', 'stated', 'open'],
    ['commerce', 'stated', 'open'],
    ['emergency', 'declined', 'open'],
    ['emergency', 'matched', 'matched'],
    ['quality', 'withdrawn', 'withdrawn'],
  ]);
  expect(JSON.stringify(hub.store.told)).not.toContain('法人');
});

test.each([
  ['emergency', ['quality', 'commerce']],
  ['district-xicheng', ['quality', 'commerce']],
  ['eitc', ['quality', 'commerce']],
  ['auditor', ['quality', 'commerce']],
  ['quality', ['quality']],
  ['commerce', ['commerce']],
  ['health', []],
])('%s sees why %j declined', async (as, departments) => {
  hub = aDemandsApi();
  const from = ['quality', 'commerce', 'health'].map(department);
  hub.store.give(aDemand({ from, declines: declinedBy('quality', 'commerce') }));
  const { body: read } = await hub.call<Demand>('readDemand', as, { params: { demandId: aDemandId(1) } });
  const { body: list } = await hub.call<{ items: Demand[] }>('listDemands', as);
  for (const demand of [read, ...list.items])
    expect(demand.declines.map((decline) => decline.department)).toEqual(departments);
  expect(list.items).toHaveLength(1);
});

describe('who may call what', () => {
  const everyone = ['emergency', 'quality', 'district-xicheng', 'eitc', 'auditor', 'press'];
  const answers = async (route: RouteId, call: object) => {
    const statuses: string[] = [];
    for (const as of everyone) {
      hub = aDemandsApi();
      hub.store.give(aDemand());
      const answer = await hub.call<Problem>(route, as, call);
      statuses.push(`${answer.status}${answer.body.code ? ` ${answer.body.code}` : ''}`);
    }
    return statuses;
  };
  const auditor = '403 role-not-permitted';
  const stranger = '404 not-found';
  const only = (demander: string, asked: string, others: string) => [
    demander,
    asked,
    others,
    others,
    auditor,
    stranger,
  ];
  const readers = ['200', '200', '200', '200', '200', stranger];
  const all = ['200', '200', '200', '200', '200', '200'];
  const cases: [RouteId, object, string[]][] = [
    [
      'defineTheme',
      { params: { themeId }, body: { ...themeBody, purpose: '防汛' } },
      ['200', ...['quality', 'member', 'authority'].map(() => '403 not-the-lead'), auditor, '403 not-the-lead'],
    ],
    ['listThemes', {}, all],
    ['readTheme', { params: { themeId } }, all],
    ['readCoverage', { params: { themeId } }, ['200', stranger, '200', '200', '200', stranger]],
    [
      'stateThemeDemand',
      { params: { themeId }, body: { ...body, from: [] } },
      ['201', '403 not-a-member', '201', '403 not-a-member', auditor, '403 not-a-member'],
    ],
    ['stateDemand', { body: { ...body, from: [] } }, ['201', '201', '201', '201', auditor, '201']],
    ['listDemands', {}, all],
    ['readDemand', { params }, readers],
    ['listMatches', { params }, readers],
    ['matchDemand', { params, body: { resourceId: 'legal-entities' } }, only('200', '200', '403 not-the-demander')],
    [
      'draftAgreement',
      { params, body: { resourceId: 'legal-entities' } },
      only('200', '403 not-the-demander', '403 not-the-demander'),
    ],
    ['declineDemand', { params, body: { reason: '不掌握' } }, only('403 not-asked', '200', '403 not-asked')],
    ['withdrawDemand', { params, body: {} }, only('200', '403 not-the-demander', '403 not-the-demander')],
  ];
  test.each(cases)('%s', async (route, call, expected) => {
    expect(await answers(route, call)).toEqual(expected);
  });
  test('every route of the capability is among these cases', () => {
    const routes = allRoutes.filter(({ capability }) => capability === 'demands').map(({ id }) => id);
    expect(cases.map(([route]) => route).sort()).toEqual(routes.sort());
  });
});

test.each([
  ['readDemand', undefined],
  ['listMatches', undefined],
  ['matchDemand', { resourceId: 'legal-entities' }],
  ['draftAgreement', {}],
  ['declineDemand', { reason: '不掌握' }],
  ['withdrawDemand', {}],
] as const)('a stranger cannot tell by %s a demand that exists from one that does not', async (route, request) => {
  hub.store.give(aDemand());
  const existing = await hub.call(route, 'press', { params, body: request });
  expect(existing.status).toBe(404);
  expect(await hub.call(route, 'press', { params: { demandId: anId(999) }, body: request })).toEqual(existing);
  expect(await hub.call(route, 'press', { params: { demandId: 'no-id' }, body: request })).toEqual(existing);
});

describe('a theme', () => {
  test('is created with the first call, by its lead, with evidence of what was said', async () => {
    const call = { params: { themeId: 'floods' }, body: { ...themeBody, lead: 'command-flood' } };
    const created = await hub.call<Theme>('defineTheme', 'command-flood', call);
    expect(Theme.parse(created.body)).toMatchObject({ themeId: 'floods', lead: 'command-flood' });
    expect(hub.journal.evidence).toMatchObject([{ act: 'theme-defined', subject: { themeId: 'floods' } }]);
    expect(await hub.call('defineTheme', 'command-flood', call)).toEqual(created);
    expect(hub.journal.evidence).toHaveLength(1);
  });
  test('is listed for those who belong to it', async () => {
    const ids = async (member: string) =>
      (await hub.call<{ items: Theme[] }>('listThemes', 'press', { query: { member } })).body.items.map(
        (each) => each.themeId,
      );
    expect(await ids('command-flood')).toEqual([themeId]);
    expect(await ids('emergency')).toEqual([themeId]);
    expect(await ids('press')).toEqual([]);
  });
  test('with a malformed id says what an id is', async () => {
    const answer = await hub.call<Problem>('defineTheme', 'emergency', { params: { themeId: 'X!' }, body: themeBody });
    expect(answer).toMatchObject({ status: 400, body: { violations: [{ path: '/path/themeId' }] } });
  });
  test('that does not exist takes no demands', async () => {
    expect(await hub.call('stateThemeDemand', 'emergency', { params: { themeId: 'none' }, body })).toMatchObject({
      status: 404,
      body: { code: 'theme-not-found' },
    });
  });
  test('takes a thousand demands and no more', async () => {
    for (let number = 1000; number < 2000; number++) hub.store.give(aDemand({ demandId: aDemandId(number) }));
    expect(await hub.call('stateThemeDemand', 'emergency', { params: { themeId }, body })).toMatchObject({
      status: 422,
      body: { code: 'invalid-demand', violations: [{ rule: 'theme-full' }] },
    });
  });
});

describe('a repeated call', () => {
  const headers = { 'Idempotency-Key': 'once' };
  test('states one demand', async () => {
    const first = await hub.call<Demand>('stateDemand', 'tax', { body, headers });
    expect(await hub.call('stateDemand', 'tax', { body, headers })).toMatchObject({ status: 201, body: first.body });
    expect(hub.store.items.size).toBe(1);
    expect(hub.store.told).toHaveLength(2);
  });
  test('drafts alike, though nothing was left to change', async () => {
    hub.store.give(aDemand({ state: 'matched' }));
    const call = { params, body: {}, headers };
    const first = await hub.call<DraftedAgreement>('draftAgreement', 'emergency', call);
    hub.clock.set('2026-12-05T00:00:00.000Z');
    expect((await hub.call<DraftedAgreement>('draftAgreement', 'emergency', call)).body).toEqual(first.body);
    expect(hub.journal.evidence).toEqual([]);
    expect(hub.store.items.get(id)?.revision).toBe(1);
  });
});

describe('what an agreement makes of a demand', () => {
  test('is read off it, for its parties with its id', async () => {
    hub.store.give(aDemand({ state: 'matched' }));
    hub.sharing.progress.set(id, progress('under way'));
    const read = async (as: string) => (await hub.call<Demand>('readDemand', as, { params })).body;
    expect(await read('emergency')).toMatchObject({ state: 'negotiating', agreementId: anId(70) });
    expect(await read('quality')).toMatchObject({ state: 'negotiating', agreementId: anId(70) });
    expect(await read('district-xicheng')).not.toHaveProperty('agreementId');
    expect(await read('commerce')).not.toHaveProperty('agreementId');
    hub.sharing.progress.delete(id);
    expect(await read('emergency')).toMatchObject({ state: 'matched' });
  });
  test.each(['matchDemand', 'draftAgreement', 'declineDemand', 'withdrawDemand'] as const)(
    'keeps %s from happening meanwhile',
    async (route) => {
      hub.store.give(aDemand({ state: 'matched' }));
      hub.sharing.progress.set(id, progress('filed'));
      const request = {
        matchDemand: { resourceId: 'legal-entities' },
        draftAgreement: {},
        declineDemand: { reason: '不掌握' },
        withdrawDemand: {},
      }[route];
      const as = route === 'declineDemand' ? 'quality' : 'emergency';
      expect(await hub.call(route, as, { params, body: request })).toMatchObject({
        status: 409,
        body: { code: 'wrong-state', detail: expect.stringContaining('negotiating') },
      });
    },
  );
});

describe('a draft', () => {
  beforeEach(() => hub.store.give(aDemand()));
  const draft = (request: object) => hub.call<Problem>('draftAgreement', 'emergency', { params, body: request });
  test('names the resource in the same call', async () => {
    expect((await draft({ resourceId: 'legal-entities' })).status).toBe(200);
    expect(hub.store.items.get(id)?.value).toMatchObject({ state: 'matched', match: { by: 'emergency' } });
  });
  test('uses what is usual where several agreements say so', async () => {
    const days = [30, 60, 90].map((retainDays) => terms({ duties: { disposal: { retainDays } } }));
    hub.sharing.inForce.set('legal-entities', days);
    expect((await draft({ resourceId: 'legal-entities' })).body).toMatchObject({
      terms: { duties: { disposal: { retainDays: 60 } } },
    });
  });
  test.each<[string, object, number, string]>([
    ['without a resource', {}, 409, 'wrong-state'],
    ['of a resource that there is not', { resourceId: 'none' }, 404, 'resource-not-found'],
    [
      'with fields that there are not',
      { resourceId: 'legal-entities', terms: { fields: ['none'] } },
      422,
      'invalid-terms',
    ],
  ])('%s is refused, and nothing is named', async (_, request, status, code) => {
    expect(await draft(request)).toMatchObject({ status, body: { code } });
    expect(hub.store.items.get(id)?.value).toEqual(aDemand());
  });
  test('of a retired resource is refused', async () => {
    hub.catalog.retired.add('legal-entities');
    expect(await draft({ resourceId: 'legal-entities' })).toMatchObject({
      status: 409,
      body: { code: 'resource-retired' },
    });
  });
  test('of a resource that is not shared is refused', async () => {
    hub.catalog.give(aResourceVersion({ definition: aDefinition({ shareType: 'refused', legalBasis: '保密法' }) }));
    expect(await draft({ resourceId: 'legal-entities' })).toMatchObject({
      status: 422,
      body: { code: 'sharing-refused' },
    });
  });
});

test('of two who act at once, the second is told to look again', async () => {
  hub.store.give(aDemand());
  const answers = await Promise.all([
    hub.call<Problem>('withdrawDemand', 'emergency', { params, body: {} }),
    hub.call<Problem>('declineDemand', 'quality', { params, body: { reason: '不掌握' } }),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  expect(hub.journal.evidence).toHaveLength(1);
});

describe('the list of demands', () => {
  const give = (number: number, changes: Partial<StoredDemand>) =>
    hub.store.give(aDemand({ demandId: aDemandId(number), ...changes }));
  beforeEach(() => {
    give(1, {});
    give(2, { demander: department('district-xicheng'), from: [] });
    give(3, { themeId: undefined, demander: department('tax') });
    give(4, { themeId: undefined, demander: department('quality'), from: [department('emergency')] });
    give(5, { state: 'matched', from: [department('press')] });
    hub.sharing.progress.set(aDemandId(5), progress('filed'));
  });
  const numbers = (demands: readonly Demand[]) => demands.map(({ demandId }) => Number(demandId.slice(-4)));
  const paged = async (as: string, query: Record<string, string | number> = {}) => {
    const seen: Demand[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await hub.call<{ items: Demand[]; cursor?: string }>('listDemands', as, {
        query: { ...query, ...(cursor !== undefined && { cursor }) },
      });
      seen.push(...DemandList.parse(page.body).items);
      cursor = page.body.cursor;
      if (cursor === undefined) return numbers(seen);
    }
  };
  test('in pages that an answer has room for, however much was written into them', async () => {
    const fields = Array.from({ length: 200 }, (_, index) => ({ name: `${'名'.repeat(140)}${index}` }));
    for (let number = 10; number < 60; number++) give(number, { fields });
    const first = await hub.call<{ items: Demand[]; cursor?: string }>('listDemands', 'eitc', {
      query: { limit: 100 },
    });
    expect(Buffer.byteLength(JSON.stringify(first.body))).toBeLessThan(4_100_000);
    expect(first.body.cursor).toBeDefined();
    expect(await paged('eitc', { limit: 100 })).toHaveLength(55);
  });
  test.each([
    ['emergency', {}, [1, 2, 4, 5]],
    ['emergency', { role: 'demander' }, [1, 5]],
    ['emergency', { role: 'asked' }, [4]],
    ['emergency', { role: 'theme' }, [1, 2, 5]],
    ['emergency', { theme: 'emergency' }, [1, 2, 5]],
    ['emergency', { state: 'negotiating' }, [5]],
    ['emergency', { state: 'matched' }, []],
    ['emergency', { theme: 'none' }, []],
    ['district-xicheng', {}, [1, 2, 5]],
    ['quality', {}, [1, 3, 4]],
    ['quality', { theme: 'emergency' }, [1]],
    ['press', {}, [5]],
    ['culture', {}, []],
    ['eitc', {}, [1, 2, 3, 4, 5]],
    ['auditor', { theme: 'emergency', state: 'open' }, [1, 2]],
  ] as const)('of %s with %j, in pages of any size, each once', async (as, query, expected) => {
    for (const limit of [1, 2, 3, 50]) expect(await paged(as, { ...query, limit })).toEqual(expected);
  });
  test('shows a former member nothing of the theme', async () => {
    hub.store.giveTheme(aTheme({ members: [] }));
    expect(await paged('district-xicheng')).toEqual([2]);
  });
});

describe('the sheet of a theme', () => {
  beforeEach(() => {
    hub.store.give(aDemand());
    hub.store.give(aDemand({ demandId: aDemandId(2), state: 'matched', declines: declinedBy('commerce') }));
    hub.sharing.progress.set(aDemandId(2), progress('delivered'));
    hub.catalog.datasets.set('legal-entities', { datasetVersion: 1, committedAt: instant });
  });
  test('says of each need how far it has come', async () => {
    const { body: sheet } = await hub.call<Coverage>('readCoverage', 'command-flood', { params: { themeId } });
    expect(Coverage.parse(sheet)).toMatchObject({
      themeId,
      summary: { needs: 2, catalogued: 1, agreed: 1, delivered: 1, current: 1 },
      items: [
        { state: 'open', gap: 'not-matched' },
        { state: 'satisfied', current: true, resourceId: resource('legal-entities') },
      ],
    });
  });
  test('comes as CSV, too', async () => {
    const { headers, body: sheet } = await hub.call<string>('readCoverage', 'emergency', {
      params: { themeId },
      query: { format: 'csv' },
    });
    expect(headers['content-type']).toContain('text/csv');
    expect(sheet.split('\n')[0]).toContain('demandId');
    expect(sheet).toContain('not-matched');
  });
});
