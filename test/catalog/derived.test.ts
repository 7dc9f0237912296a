import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { catalogEndpoints } from '../../functions/catalog/endpoints.ts';
import { derivationJudge } from '../../functions/adapters/derivation-judge.ts';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoResourceAgreements } from '../../functions/adapters/dynamodb/catalog/agreements.ts';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { readLineage } from '../../functions/adapters/dynamodb/derive/lineage.ts';
import { api } from '../../functions/kernel/api/api.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { CataloguedResource, PublishedResource } from '../../schemas/contracts/resources.ts';
import type { Derivation } from '../../schemas/contracts/derivation.ts';
import type { Reshare } from '../../schemas/contracts/terms.ts';
import { routes, type RouteId } from '../../schemas/contracts/routes.ts';
import { aDefinition, anAct, anAgreement, anId, department, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { countingIds, memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

/** Resources of each test have names of their own. */
let round = 0;
let call: <T>(route: RouteId, as: string, call: Omit<ApiCall, 'as' | 'route'>) => ReturnType<typeof callApi<T>>;
beforeEach(() => {
  round++;
  const clock = testClock('2026-12-01T01:10:00.000Z');
  const hub = { clock, ids: countingIds(round * 1000), timeZone: 'Asia/Shanghai' };
  const endpoints = catalogEndpoints({
    ...hub,
    resources: dynamoResources(aws.table),
    agreements: dynamoResourceAgreements(aws.table),
    derivations: derivationJudge(aws.table, hub),
    mailboxUrl: (of) => of,
  });
  const handler = api(endpoints, {
    answers: memoryJournal(),
    clock,
    log: recordingLog(),
    metrics: recordingMetrics(),
    identity: testHub,
  });
  call = (route, as, more) => callApi(handler, { as, route: routes[route], ...more });
});

const named = (name: string) => `${name}-${round}`;

const fields = {
  people: ['id', 'name', 'district'],
  pensions: ['id', 'amount'],
};
const publish = (name: string, as: string, more: object) =>
  call<PublishedResource & Problem>('publishResource', as, {
    params: { resourceId: named(name) },
    body: aDefinition({ provider: department(as), ...more }),
  });
const schemaOf = (names: readonly string[], more: object = {}) => ({
  primaryKey: [names[0]!],
  fields: names.map((name) => ({ name, type: 'string', ...more })),
});
const source = (name: keyof typeof fields, as: string, more: object = {}) =>
  publish(name, as, { schema: schemaOf(fields[name]), ...more });

const SQL = 'SELECT p.id, p.name, q.amount FROM people p JOIN pensions q ON p.id = q.id';
const derived = (changes: Partial<Derivation> = {}, more: object = {}) =>
  publish('pensioners', 'quality', {
    schema: schemaOf(['id', 'name', 'amount']),
    derivation: {
      inputs: {
        people: { resourceId: named('people') },
        pensions: { resourceId: named('pensions') },
      },
      sql: SQL,
      ...changes,
    },
    ...more,
  });
const rules = ({ body }: { readonly body: Problem }) =>
  (body.violations ?? []).map(({ path, rule }) => `${path} ${rule}`);

/** So many resources of `tax`, each of which it lets `quality` derive of, and what `quality` makes of all of them. */
async function ofMany(name: string, count: number, first: number) {
  const own = Array.from({ length: count }, (_, index) => `part${first + index}`);
  for (const [index, part] of own.entries()) {
    await publish(part, 'tax', { schema: schemaOf(['id']) });
    const agreement = anAgreement({
      agreementId: anId(round * 1000 + first + index),
      resourceId: resource(named(part)),
      provider: department('tax'),
      consumer: department('quality'),
      state: 'active',
      terms: { fields: ['id'], validFrom: '2026-01-01', validTo: '2027-12-31', reshare: 'derived' },
    });
    await dynamoAgreements(aws.table).add(anAct(agreement));
  }
  const joined = own.slice(1).map((part) => `LEFT JOIN ${part} ON ${part}.id = ${own[0]}.id`);
  return publish(name, 'quality', {
    schema: schemaOf(['id']),
    derivation: {
      inputs: Object.fromEntries(own.map((part) => [part, { resourceId: named(part) }])),
      sql: `SELECT DISTINCT concat(${own.map((part) => `${part}.id`).join(', ')}) AS id FROM ${own[0]} ${joined.join(' ')}`,
    },
  });
}

/** An agreement by which `quality` has the pensions of `tax`. */
async function agree(
  reshare: Reshare | undefined,
  state: 'active' | 'suspended' = 'active',
  mask = {},
  given = ['id', 'amount'],
) {
  const agreement = anAgreement({
    agreementId: anId(round),
    resourceId: resource(named('pensions')),
    provider: department('tax'),
    consumer: department('quality'),
    state,
    terms: {
      fields: given,
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      mask,
      ...(reshare && { reshare }),
    },
  });
  await dynamoAgreements(aws.table).add(anAct(agreement));
}

describe('a resource derived of its provider’s own', () => {
  beforeEach(async () => {
    await source('people', 'quality');
    await source('pensions', 'quality');
  });

  test('is published as any other, with the lineage of its fields, and is the next version once it is another', async () => {
    const first = await derived();
    expect(first).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await readLineage(aws.table, resource(named('pensioners')), 1)).toMatchObject({
      fields: [
        { field: 'id', from: [{ input: 'people', field: 'id', how: 'copied' }] },
        { field: 'name', from: [{ input: 'people', field: 'name', how: 'copied' }] },
        { field: 'amount', from: [{ input: 'pensions', field: 'amount', how: 'copied' }] },
      ],
    });
    expect(await derived({ runs: 'daily' })).toMatchObject({ status: 200, body: { version: 2 } });
  });
  test('what it is made of is its owner’s, the authority’s and the auditor’s to see', async () => {
    await derived();
    const seen = async (as: string) => {
      const params = { resourceId: named('pensioners') };
      const newest = await call<CataloguedResource>('readResource', as, { params });
      const first = await call<CataloguedResource>('readResourceVersion', as, { params: { ...params, version: '1' } });
      return [newest, first].map(({ body }) => body.definition.derivation?.sql === SQL);
    };
    expect(await Promise.all(['quality', 'eitc', 'auditor', 'tax', 'press'].map(seen))).toEqual([
      [true, true],
      [true, true],
      [true, true],
      [false, false],
      [false, false],
    ]);
  });
  test.each([
    ['a file', { sql: "SELECT id, name, id AS amount FROM '/etc/passwd'" }, '/derivation/sql statement-name'],
    ['a column that no input has', { sql: `${SQL} WHERE secret = 'x'` }, '/derivation/sql statement-name'],
    ['a statement that is none', { sql: 'SELEC' }, '/derivation/sql statement-syntax'],
    [
      'a column that is no field',
      { sql: SQL.replace('q.amount', 'q.amount, p.district') },
      '/derivation/sql unknown-field',
    ],
  ])('is refused with the reason: %s', async (_what, changes, expected) => {
    const answer = await derived(changes);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-definition' } });
    expect(rules(answer)).toContain(expected);
  });
  test('is refused where records enter and have no key', async () => {
    const { primaryKey: _none, ...schema } = schemaOf(['id', 'name', 'amount']);
    expect(rules(await derived({ notify: 'entering' }, { schema }))).toEqual(['/derivation/notify no-primary-key']);
  });
  test('is refused where it would be derived of itself, over another one', async () => {
    await derived();
    const over = {
      inputs: { all_of_them: { resourceId: named('pensioners') } },
      sql: 'SELECT id, name FROM all_of_them',
    };
    await publish('names', 'quality', { schema: schemaOf(['id', 'name']), derivation: over });
    const names = {
      people: { resourceId: resource(named('names')) },
      pensions: { resourceId: resource(named('pensions')) },
    };
    expect(rules(await derived({ inputs: names }))).toEqual(['/derivation/inputs derived-of-itself']);
  });
  test('is refused where it would rest on more agreements than a version can be committed with', async () => {
    expect((await ofMany('one', 26, 0)).status).toBe(200);
    expect((await ofMany('other', 25, 26)).status).toBe(200);
    const both = (inputs: readonly string[]) =>
      publish('both', 'quality', {
        schema: schemaOf(['id']),
        derivation: {
          inputs: Object.fromEntries(inputs.map((name) => [name, { resourceId: named(name) }])),
          sql: inputs.map((name) => `SELECT id FROM ${name}`).join(' UNION '),
        },
      });
    const refused = await both(['one', 'other']);
    expect([refused.status, rules(refused)]).toEqual([422, ['/derivation/inputs too-many-sources']]);
    expect(refused.body.violations?.[0]?.message).toContain('51 agreements');
    expect((await both(['one'])).status).toBe(200);
  });
  test('stays derived, and what is uploaded stays uploaded', async () => {
    await derived();
    expect(rules(await publish('pensioners', 'quality', { schema: schemaOf(['id', 'name', 'amount']) }))).toEqual([
      '/derivation derivation-settled',
    ]);
  });
});

describe('a resource derived of what others deliver', () => {
  beforeEach(() => source('people', 'quality'));

  test('is refused without an agreement in force, and told nothing else of what does not exist', async () => {
    const missing = await derived();
    await source('pensions', 'tax');
    const without = await derived();
    await agree('derived', 'suspended');
    const suspended = await derived();
    expect(missing.body.violations).toEqual([
      {
        path: '/derivation/inputs/pensions/resourceId',
        rule: 'not-granted',
        message: expect.stringContaining('reshare: derived'),
      },
    ]);
    expect([without.body.violations, suspended.body.violations]).toEqual([
      missing.body.violations,
      missing.body.violations,
    ]);
  });
  test('is refused where the agreement does not let it be shared, and published where it does', async () => {
    await source('pensions', 'tax');
    await agree('no');
    const refused = await derived();
    expect(rules(refused)).toEqual(['/derivation/inputs/pensions inherited-reshare']);
    expect(refused.body.violations?.[0]?.message).toContain(named('pensions'));
  });
  test('has what the agreement grants and nothing else', async () => {
    await source('pensions', 'tax', { schema: schemaOf(['id', 'amount', 'bank']) });
    await agree('derived');
    expect(await derived()).toMatchObject({ status: 200 });
    expect(rules(await derived({ sql: SQL.replace('q.amount', 'q.bank AS amount') }))).toEqual([
      '/derivation/sql statement-name',
    ]);
  });
  test.each([
    ['its provider’s own', 'quality'],
    ['another department’s', 'tax'],
  ])('does not see the names of attachments, where its source is %s', async (_, owner) => {
    const { fields: plain, ...keyed } = schemaOf(['id', 'amount']);
    const schema = { ...keyed, fields: [...plain, { name: 'photo', type: 'string', reference: 'attachment' }] };
    expect(await source('pensions', owner, { schema })).toMatchObject({ status: 200 });
    if (owner === 'tax') await agree('derived', 'active', {}, ['id', 'amount', 'photo']);
    expect(await derived()).toMatchObject({ status: 200 });
    for (const sql of [SQL.replace('q.amount', 'q.photo AS amount'), `${SQL} WHERE q.photo = 'P-1.jpg'`])
      expect(rules(await derived({ sql }))).toEqual(['/derivation/sql statement-name']);
  });
  test('offers nothing more freely than its sources', async () => {
    await source('pensions', 'tax', {
      shareType: 'conditional',
      shareCondition: 'x',
      schema: schemaOf(['id', 'amount'], { sensitivity: 'personal' }),
    });
    await agree('derived');
    const answer = await derived();
    expect(rules(answer)).toContain('/schema/fields/2/shareType inherited-share-type');
    expect(rules(answer)).toContain('/schema/fields/2/sensitivity inherited-sensitivity');
    expect(answer.body.violations?.map(({ message }) => message).join()).toContain(`${named('pensions')}.amount`);
    const strict = { shareType: 'conditional', shareCondition: 'x' };
    const schema = schemaOf(['id', 'name', 'amount'], { sensitivity: 'personal' });
    expect(await derived({}, { ...strict, schema })).toMatchObject({ status: 200 });
  });
});
