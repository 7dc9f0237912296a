import { beforeEach, describe, expect, test } from '@jest/globals';
import { Me } from '../../schemas/contracts/hub.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { CategoryList } from '../../schemas/contracts/categories.ts';
import { DcatCatalog } from '../../schemas/contracts/dcat.ts';
import {
  CataloguedResource,
  DatasetList,
  LateList,
  PublishedResource,
  ResourceList,
  type ResourceVersion,
} from '../../schemas/contracts/resources.ts';
import { allRoutes, routes, type RouteId } from '../../schemas/contracts/routes.ts';
import { SOFTWARE_VERSION } from '../../schemas/version.ts';
import { departments } from '../../schemas/registry/departments.ts';
import { catalogEndpoints } from '../../functions/catalog/endpoints.ts';
import { api } from '../../functions/kernel/api/api.ts';
import { aDataset, aDefinition, aResourceVersion, resource } from '../support/builders.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { countingIds, memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { memoryResources, nothingDerived } from '../support/memory/resources.ts';

function aCatalogApi() {
  const journal = memoryJournal();
  const resources = memoryResources(journal);
  const clock = testClock('2026-12-01T01:10:00.000Z');
  const endpoints = catalogEndpoints({
    resources,
    agreements: { notOver: async () => [] },
    clock,
    derivations: nothingDerived,
    ids: countingIds(),
    timeZone: 'Asia/Shanghai',
    mailboxUrl: (department) => `https://sqs.example/1/hub-test-mailbox-${department}`,
  });
  const handler = api(endpoints, {
    answers: journal,
    clock,
    log: recordingLog(),
    metrics: recordingMetrics(),
    identity: testHub,
  });
  return {
    resources,
    clock,
    journal,
    call: <T = Record<string, unknown>>(route: RouteId, as: string, call: Omit<ApiCall, 'as' | 'route'> = {}) =>
      callApi<T>(handler, { as, route: routes[route], ...call }),
  };
}

let hub = aCatalogApi();
beforeEach(() => {
  hub = aCatalogApi();
});

const params = { resourceId: 'legal-entities' };
const broken = { ...aDefinition(), schema: { fields: [{ name: 'org_code', type: 'string' }] } };
const put = (body: unknown, as = 'quality') =>
  hub.call<PublishedResource & Problem>('publishResource', as, { params, body });

describe('who may call what', () => {
  const everyone = ['quality', 'tax', 'eitc', 'auditor', 'press'];
  const all = (status: string) => Object.fromEntries(everyone.map((as) => [as, status]));
  const cases: [RouteId, object, Record<string, string>][] = [
    ['me', {}, all('200')],
    ['listDepartments', {}, all('200')],
    [
      'publishResource',
      { params, body: aDefinition({ title: '法人' }) },
      { ...all('403 not-the-provider'), quality: '200', auditor: '403 role-not-permitted' },
    ],
    ['listResources', {}, all('200')],
    ['readResource', { params }, all('200')],
    ['readResourceVersion', { params: { ...params, version: '1' } }, all('200')],
    ['listDatasets', { params }, { ...all('404 not-found'), quality: '200', tax: '200' }],
    ['listCategories', {}, all('200')],
    ['readCatalog', {}, all('200')],
    ['listLateResources', {}, all('200')],
    [
      'compareResource',
      { params, body: aDefinition({ title: '法人' }) },
      { ...all('403 not-the-provider'), quality: '200', auditor: '403 role-not-permitted' },
    ],
    [
      'deprecateResource',
      { params, body: { retireOn: '2027-01-31', reason: 'x' } },
      { ...all('403 not-the-provider'), quality: '200', auditor: '403 role-not-permitted' },
    ],
    [
      'retireResource',
      { params, body: { reason: 'x' } },
      { ...all('403 not-the-provider'), quality: '200', auditor: '403 role-not-permitted' },
    ],
  ];
  test.each(cases)('%s', async (route, call, expected) => {
    const answers: Record<string, string> = {};
    for (const as of everyone) {
      hub = aCatalogApi();
      hub.resources.give(aResourceVersion());
      hub.resources.giveConsumer('legal-entities', 'tax', '2026-12-01', '2026-12-01');
      const { status, body } = await hub.call<Problem>(route, as, call);
      answers[as] = `${status}${body.code ? ` ${body.code}` : ''}`;
    }
    expect(answers).toEqual(expected);
  });
  test('every route of the capability is among these cases', () => {
    expect(cases.map(([route]) => route).sort()).toEqual(
      allRoutes
        .filter(({ capability }) => capability === 'catalog')
        .map(({ id }) => id)
        .sort(),
    );
  });
  test('whoever signs as no department reads nothing', async () => {
    const outsider = await hub.call('listResources', 'arn:aws:sts::999999999999:assumed-role/hub-test-dept-tax/clerk');
    expect(outsider).toMatchObject({ status: 403, body: { code: 'not-a-department' } });
  });
});

test.each(departments.map(({ id, roles }) => [id, roles] as const))(
  '%s learns its roles and its mailbox',
  async (id, roles) => {
    expect(Me.parse((await hub.call('me', id)).body)).toEqual({
      department: id,
      roles,
      mailbox: { queueUrl: `https://sqs.example/1/hub-test-mailbox-${id}` },
      hubVersion: SOFTWARE_VERSION,
    });
  },
);

test('the registry lists every department', async () => {
  expect((await hub.call('listDepartments', 'press')).body).toEqual({ items: departments });
});

describe('publishing', () => {
  test('makes version 1, and the next version of a changed definition, each with its evidence', async () => {
    const first = await put(aDefinition());
    const second = await put(aDefinition({ title: '法人' }));
    expect([first, second].map(({ status, body }) => [status, PublishedResource.parse(body).version])).toEqual([
      [200, 1],
      [200, 2],
    ]);
    expect((await hub.call('readResource', 'press', { params })).body).toEqual(second.body);
    const { similar, ...version } = first.body;
    expect(similar).toEqual([]);
    expect((await hub.call('readResourceVersion', 'press', { params: { ...params, version: '1' } })).body).toEqual(
      version,
    );
    expect(hub.journal.evidence).toEqual(
      [first, second].map(({ body }, index) => ({
        evidenceId: expect.any(String),
        at: '2026-12-01T01:10:00.000Z',
        act: 'definition-published',
        actor: { department: 'quality', session: 'clerk-7' },
        subject: { resourceId: 'legal-entities', resourceVersion: index + 1, provider: 'quality' },
        digests: { definition: body.digest },
      })),
    );
  });
  test('the same definition again answers the version that is there and proves nothing new', async () => {
    const first = await put(aDefinition());
    hub.clock.set('2026-12-02T01:10:00.000Z');
    // Written differently: another order of properties, and a key that is not in a list.
    const { schema, ...rest } = aDefinition();
    expect(await put({ schema: { ...schema, primaryKey: 'org_code' }, ...rest })).toEqual(first);
    expect(hub.journal.evidence).toHaveLength(1);
  });
  test('an earlier definition once more is a new version', async () => {
    await put(aDefinition());
    await put(aDefinition({ title: '法人' }));
    expect((await put(aDefinition())).body.version).toBe(3);
  });
  test('breaking changes are refused with every change listed, unless they are accepted', async () => {
    await put(aDefinition());
    const refused = await put(broken);
    expect(refused).toMatchObject({ status: 409, body: { code: 'breaking-change' } });
    expect(refused.body.violations?.filter(({ rule }) => rule === 'field-removed')).toHaveLength(5);
    expect(hub.journal.evidence).toHaveLength(1);
    expect(await put({ ...broken, breaking: 'accepted' })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(JSON.stringify((await hub.call('readResource', 'press', { params })).body)).not.toContain('breaking');
  });
  test('a definition that cannot be used is refused with the places', async () => {
    const refused = await put(aDefinition({ schema: { fields: [{ name: 'a' }], primaryKey: 'b' } }));
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid-definition' } });
    expect(refused.body.violations?.[0]?.path).toMatch(/^\/schema\//);
  });
  test('nobody takes over or gives away a resource', async () => {
    await put(aDefinition());
    expect(await put(aDefinition({ provider: 'tax' }), 'tax')).toMatchObject({
      status: 403,
      body: { code: 'not-the-provider' },
    });
    expect(await put({ ...aDefinition({ provider: 'tax' }), breaking: 'accepted' })).toMatchObject({
      status: 403,
      body: { code: 'not-the-provider' },
    });
  });
  test('one definition several times at once is one version', async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => put(aDefinition())));
    expect(replies.map(({ status, body }) => [status, body.version])).toEqual(
      Array.from({ length: 5 }, () => [200, 1]),
    );
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(hub.journal.evidence).toHaveLength(1);
  });
  test('of two definitions at once one is told that something changed meanwhile', async () => {
    await put(aDefinition());
    const replies = await Promise.all([put(aDefinition({ title: 'A' })), put(aDefinition({ title: 'B' }))]);
    expect(replies.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('changed-meanwhile');
  });
  test.each<[string, unknown, string]>([
    ['an unknown property', { ...aDefinition(), priority: 1 }, '/priority'],
    [
      'an unknown property of a field',
      { ...aDefinition(), schema: { fields: [{ name: 'a', typ: 'string' }] } },
      '/schema/fields/0/typ',
    ],
    ['no schema', { ...aDefinition(), schema: undefined }, '/schema'],
    ['another word for accepted', { ...aDefinition(), breaking: 'yes' }, '/breaking'],
  ])('%s is malformed', async (_, body, path) => {
    const refused = await put(body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(refused.body.violations).toContainEqual(expect.objectContaining({ path }));
  });
  test.each(['Legal', '1st', 'a_b', 'a'.repeat(64), ''])('a resource cannot be called %j', async (resourceId) => {
    expect(await hub.call('publishResource', 'quality', { params: { resourceId }, body: aDefinition() })).toMatchObject(
      { status: 400, body: { code: 'malformed' } },
    );
  });
});

describe('a category', () => {
  const category = (code?: string) => aDefinition({ category: code, ...(code === undefined ? {} : { title: code }) });
  test('gives its resources codes by number, and a resource keeps its own', async () => {
    const putAs = async (resourceId: string, body: unknown) =>
      (await hub.call<ResourceVersion>('publishResource', 'quality', { params: { resourceId }, body })).body
        .resourceCode;
    expect(await putAs('a', category('1-02-001'))).toBe('102001/0001');
    expect(await putAs('b', category('1-02-001'))).toBe('102001/0002');
    expect(await putAs('c', category('1-02-002'))).toBe('102002/0001');
    expect(await putAs('a', { ...category('1-02-001'), title: '新' })).toBe('102001/0001');
    expect(await putAs('a', category('1-02-002'))).toBe('102002/0002');
    expect(await putAs('d', category())).toBeUndefined();
    const listed = ResourceList.parse(
      (await hub.call('listResources', 'press', { query: { category: '1-02-002' } })).body,
    );
    expect(listed.items.map(({ resourceId, resourceCode }) => [resourceId, resourceCode])).toEqual([
      ['a', '102002/0002'],
      ['c', '102002/0001'],
    ]);
  });
  test('that the registry has not refuses the definition', async () => {
    expect(await put(category('9-01-001'))).toMatchObject({
      status: 422,
      body: { code: 'invalid-definition', violations: [{ path: '/category', rule: 'unknown-category' }] },
    });
  });
  test('is among those that the registry lists', async () => {
    const { items } = CategoryList.parse((await hub.call('listCategories', 'press')).body);
    expect(items.map(({ code }) => code as string)).toContain('1-02-001');
  });
});

test('a first version is answered with what else is like it; a later one is not', async () => {
  hub.resources.give(
    aResourceVersion({ resourceId: resource('companies'), definition: aDefinition({ title: '法人信息' }) }),
  );
  const first = await put(aDefinition());
  expect(first.body.similar).toEqual([
    { resourceId: 'companies', title: '法人信息', provider: 'quality', reason: 'fields', score: 0.67 },
  ]);
  expect(await put(aDefinition())).toEqual(first);
  expect((await put(aDefinition({ title: '法人' }))).body).not.toHaveProperty('similar');
  expect((await hub.call('readResource', 'press', { params })).body).not.toHaveProperty('similar');
});

describe('the end of a resource', () => {
  const deprecation = { retireOn: '2027-01-31', reason: 'merged with another' };
  const deprecate = (body: object = deprecation, headers = {}) =>
    hub.call<CataloguedResource & Problem>('deprecateResource', 'quality', { params, body, headers });
  const retire = (headers = {}) =>
    hub.call<CataloguedResource & Problem>('retireResource', 'quality', { params, body: { reason: 'gone' }, headers });
  beforeEach(() => {
    hub.resources.give(aResourceVersion());
    hub.resources.give(aResourceVersion({ resourceId: resource('organisations') }));
  });
  const listed = async (query: Record<string, string> = {}) =>
    ResourceList.parse((await hub.call('listResources', 'press', { query })).body).items;

  test('is announced: everybody reads it in the entry and in the list', async () => {
    const { status, body } = await deprecate({ ...deprecation, replacedBy: 'organisations' });
    expect([status, CataloguedResource.parse(body).deprecation]).toEqual([
      200,
      { ...deprecation, replacedBy: 'organisations', at: '2026-12-01T01:10:00.000Z', by: 'quality' },
    ]);
    expect((await hub.call('readResource', 'press', { params })).body).toEqual(body);
    expect((await listed())[0]?.deprecation).toEqual(body.deprecation);
    expect(hub.journal.evidence).toEqual([
      {
        evidenceId: expect.any(String),
        at: '2026-12-01T01:10:00.000Z',
        act: 'resource-deprecated',
        actor: { department: 'quality', session: 'clerk-7' },
        subject: { resourceId: 'legal-entities', resourceVersion: 1, provider: 'quality' },
        digests: { deprecation: expect.any(String) },
      },
    ]);
  });
  test('stays announced when another version is published', async () => {
    await deprecate();
    await put(aDefinition({ title: '法人' }));
    expect((await listed({ text: '法人' }))[0]).toMatchObject({ version: 2, deprecation });
  });
  test('comes: out of searches, and nothing new is published', async () => {
    expect((await retire()).body).toMatchObject({
      retiredAt: '2026-12-01T01:10:00.000Z',
      retirement: { reason: 'gone' },
    });
    expect((await listed()).map(({ resourceId }) => resourceId)).toEqual(['organisations']);
    expect((await listed({ retired: 'include' })).map(({ resourceId }) => resourceId)).toEqual([
      'legal-entities',
      'organisations',
    ]);
    expect(await put(aDefinition({ title: '法人' }))).toMatchObject({
      status: 409,
      body: { code: 'resource-retired' },
    });
    expect((await hub.call('readResource', 'press', { params })).body).toMatchObject({
      version: 1,
      retirement: { by: 'quality' },
    });
    expect((await hub.call('readResourceVersion', 'press', { params: { ...params, version: '1' } })).status).toBe(200);
  });
  test.each<[string, () => Promise<unknown>, object]>([
    ['a second retirement', retire, { status: 409, body: { code: 'resource-retired' } }],
    ['a deprecation of what is retired', deprecate, { status: 409, body: { code: 'resource-retired' } }],
  ])('is refused: %s', async (_, call, expected) => {
    await retire();
    expect(await call()).toMatchObject(expected);
  });
  test.each<[string, object, number, string]>([
    ['today', { ...deprecation, retireOn: '2026-12-01' }, 422, 'invalid-deprecation'],
    ['in favour of nothing', { ...deprecation, replacedBy: 'absent' }, 422, 'invalid-deprecation'],
    ['without a reason', { retireOn: '2027-01-31' }, 400, 'malformed'],
    ['on no day', { ...deprecation, retireOn: 'soon' }, 400, 'malformed'],
  ])('a deprecation %s is refused', async (_, body, status, code) => {
    expect(await deprecate(body)).toMatchObject({ status, body: { code } });
  });
  test.each([
    ['deprecateResource', deprecation],
    ['retireResource', { reason: 'x' }],
  ] as const)('%s of a resource that is not there is not found', async (route, body) => {
    expect(await hub.call(route, 'quality', { params: { resourceId: 'absent' }, body })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
  test('said twice with one key is one act', async () => {
    const headers = { 'Idempotency-Key': 'k-1' };
    const first = await deprecate(deprecation, headers);
    hub.clock.set('2026-12-01T01:11:00.000Z');
    expect((await deprecate(deprecation, headers)).body).toEqual(first.body);
    expect(hub.journal.evidence).toHaveLength(1);
    expect((await retire({ 'Idempotency-Key': 'k-2' })).status).toBe(200);
    expect((await retire({ 'Idempotency-Key': 'k-2' })).status).toBe(200);
  });
});

describe('late resources', () => {
  const at = '2026-12-01T01:10:00.000Z';
  const give = (id: string, provider: string, datasetAt: string | undefined, cycle: 'daily' | 'weekly' = 'daily') => {
    const definition = aDefinition({ title: id, provider, updateCycle: cycle });
    hub.resources.give(
      aResourceVersion({ resourceId: resource(id), publishedAt: '2026-11-01T00:00:00.000Z', definition }),
    );
    if (datasetAt !== undefined)
      hub.resources.giveDataset(aDataset({ resourceId: resource(id), committedAt: datasetAt }));
  };
  beforeEach(() => {
    hub.clock.set(at);
    give('never', 'quality', undefined);
    give('late', 'quality', '2026-11-28T01:00:00.000Z');
    give('weekly', 'quality', '2026-11-28T01:00:00.000Z', 'weekly');
    give('fresh', 'housing', '2026-12-01T01:00:00.000Z');
    give('others', 'housing', '2026-11-29T01:00:00.000Z');
    hub.resources.giveConsumer('others', 'tax', '2026-12-01', '2026-12-01');
  });
  const late = async (as: string, query: Record<string, string | number> = {}) =>
    LateList.parse((await hub.call('listLateResources', as, { query })).body);

  test.each([
    ['quality', ['never', 'late']],
    ['housing', ['others']],
    ['tax', ['others']],
    ['press', []],
    ['eitc', ['never', 'late', 'others']],
    ['auditor', ['never', 'late', 'others']],
  ])('that %s may know of', async (as, expected) => {
    expect((await late(as)).items.map(({ resourceId }) => resourceId)).toEqual(expected);
  });
  test('say what was declared, what came, and since when it is owed', async () => {
    expect((await late('quality')).items).toEqual([
      {
        resourceId: 'never',
        title: 'never',
        provider: 'quality',
        updateCycle: 'daily',
        due: '2026-11-02',
        daysLate: 29,
      },
      {
        resourceId: 'late',
        title: 'late',
        provider: 'quality',
        updateCycle: 'daily',
        datasetAt: '2026-11-28T01:00:00.000Z',
        due: '2026-11-29',
        daysLate: 2,
      },
    ]);
  });
  test('are asked for by provider', async () => {
    expect((await late('eitc', { provider: 'housing' })).items.map(({ resourceId }) => resourceId)).toEqual(['others']);
  });
  test.each([1, 2, 3, 4])('are complete in pages of %d', async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await late('eitc', { limit, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ resourceId }) => resourceId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['never', 'late', 'others']);
  });
  test('are no longer late with the next dataset, and not once they are retired', async () => {
    hub.resources.giveDataset(aDataset({ resourceId: resource('late'), datasetVersion: 2, committedAt: at }));
    await hub.call('retireResource', 'quality', { params: { resourceId: 'never' }, body: { reason: 'x' } });
    expect((await late('quality')).items).toEqual([]);
  });
});

describe('the catalog as linked data', () => {
  beforeEach(() => {
    for (const id of ['a', 'b', 'c']) hub.resources.give(aResourceVersion({ resourceId: resource(id) }));
  });
  test.each([1, 2, 3, 4])('is the same catalog on every page of %d, with each dataset once', async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await hub.call('readCatalog', 'press', { query: { limit, ...(cursor && { cursor }) } });
      const page = DcatCatalog.parse(body);
      expect([page['@id'], page['dct:publisher']['@id']]).toEqual(['catalog', 'departments#eitc']);
      seen.push(...page['dcat:dataset'].map((each) => each['@id']));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(['resources/a', 'resources/b', 'resources/c']);
  });
  test('leaves out what is retired', async () => {
    await hub.call('retireResource', 'quality', { params: { resourceId: 'b' }, body: { reason: 'x' } });
    const { body } = await hub.call('readCatalog', 'press');
    expect(DcatCatalog.parse(body)['dcat:dataset']).toHaveLength(2);
  });
});

test.each<[RouteId, Record<string, string>]>([
  ['readResource', { resourceId: 'no-such' }],
  ['readResource', { resourceId: 'No Such' }],
  ['readResourceVersion', { resourceId: 'no-such', version: '1' }],
  ['readResourceVersion', { ...params, version: '2' }],
  ['readResourceVersion', { ...params, version: '0' }],
  ['readResourceVersion', { ...params, version: 'latest' }],
  ['listDatasets', { resourceId: 'no-such' }],
])('%s of %j is not found', async (route, wanted) => {
  hub.resources.give(aResourceVersion());
  expect(await hub.call(route, 'quality', { params: wanted })).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  });
});

describe('the search', () => {
  const ids = ['births', 'deaths', 'legal-entities', 'sales'];
  beforeEach(() => {
    for (const id of ids) {
      const definition = aDefinition({
        title: id === 'sales' ? '销售' : '登记',
        provider: id === 'sales' ? 'housing' : 'quality',
        themes: id === 'births' ? ['people'] : [],
      });
      hub.resources.give(aResourceVersion({ resourceId: resource(id), definition }));
    }
  });
  const search = async (query: Record<string, string | number>) =>
    ResourceList.parse((await hub.call('listResources', 'press', { query })).body);

  test.each<[Record<string, string>, string[]]>([
    [{}, ids],
    [{ text: '登记' }, ids.slice(0, 3)],
    [{ provider: 'housing' }, ['sales']],
    [{ theme: 'people' }, ['births']],
    [{ shareType: 'refused' }, []],
    [{ text: '登记', theme: 'people' }, ['births']],
    [{ text: '登记', provider: 'housing' }, []],
    [{ field: '机构' }, ids],
    [{ updateCycle: 'yearly' }, []],
  ])('with %j', async (query, expected) => {
    expect((await search(query)).items.map(({ resourceId }) => resourceId)).toEqual(expected);
  });
  test.each([1, 2, 3, 4, 5])('goes through all in pages of %d without repeats', async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ limit, ...(cursor && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items.map(({ resourceId }) => resourceId));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(ids);
  });
  test.each([
    { limit: 101 },
    { limit: 0 },
    { cursor: '=' },
    { cursor: '' },
    { text: '' },
    { shareType: 'free' },
    { category: '法人' },
    { retired: 'only' },
    { format: 'xlsx' },
    { titel: 'x' },
  ] as Record<string, string | number>[])('%j is malformed', async (query) => {
    expect(await hub.call('listResources', 'press', { query })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
  });
});

describe('dataset versions', () => {
  const today = '2026-12-01';
  const list = (as: string) => hub.call('listDatasets', as, { params });
  beforeEach(() => {
    hub.resources.give(aResourceVersion());
    [1, 2, 3].forEach((datasetVersion) => hub.resources.giveDataset(aDataset({ datasetVersion })));
  });
  test('are listed newest first', async () => {
    expect(DatasetList.parse((await list('quality')).body).items.map(({ datasetVersion }) => datasetVersion)).toEqual([
      3, 2, 1,
    ]);
  });
  test.each([
    ['begins today', today, '2027-01-01', 200],
    ['ends today', '2026-01-01', today, 200],
    ['begins tomorrow', '2026-12-02', '2027-01-01', 404],
    ['ended yesterday', '2026-01-01', '2026-11-30', 404],
  ])('are shown to a consumer whose agreement %s: %d', async (_, from, to, status) => {
    hub.resources.giveConsumer('legal-entities', 'tax', from, to);
    expect((await list('tax')).status).toBe(status);
  });
  test('belong to no day but the hub’s own', async () => {
    hub.resources.giveConsumer('legal-entities', 'tax', today, today);
    hub.clock.set('2026-12-01T16:00:00.000Z');
    expect((await list('tax')).status).toBe(404);
  });
  test('cannot be told from those of a resource that does not exist', async () => {
    const absent = await hub.call('listDatasets', 'press', { params: { resourceId: 'no-such' } });
    expect(await list('press')).toEqual(absent);
  });
});
