import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { orderEnded, takenBack } from '../../functions/compare/domain/reconciliations/end.ts';
import { listResourceProblems, repetitionProblems } from '../../functions/compare/domain/reconciliations/order.ts';
import { hasNews, nextDue } from '../../functions/compare/domain/reconciliations/run.ts';
import { orderShownTo } from '../../functions/compare/domain/reconciliations/shown.ts';
import { MOST_RECONCILIATIONS } from '../../schemas/contracts/reconciliations.ts';
import { aDefinition, comparisonTerms, department, instant, lookupTerms, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { active, anOrderBody, fresh, orderIn, ownList } from './an-order.ts';
import { aHub, type TestHub } from './hub.ts';
import { reconcilingOn, type Reconciling } from './reconciling.ts';

const { schema } = aDefinition();
const mine = { provider: department('tax'), isRetired: false, schema };

describe('what can be repeated', () => {
  test.each<[string, object, Parameters<typeof comparisonTerms>[0], [string, string]]>([
    ['a kind that is not agreed', { kind: 'missing' }, {}, ['/kind', 'not-agreed']],
    ['link', { kind: 'link' }, { kinds: ['link'], threshold: 0.8 }, ['/kind', 'not-repeated']],
    ['terms that withhold few matches', {}, { minResult: 2 }, ['/agreementId', 'min-result']],
    [
      'a column of what is not compared',
      { list: { resourceId: ownList, columns: { phone: 'tel' } } },
      {},
      ['/list/columns/phone', 'not-compared'],
    ],
  ])('not: %s', (_, body, terms, [path, rule]) => {
    const found = repetitionProblems(anOrderBody(body), comparisonTerms(terms), schema);
    expect(found).toMatchObject([{ path, rule }]);
  });
  test('not: references of pictures', () => {
    const photo = { name: 'photo', type: 'string', sensitivity: 'personal', reference: 'attachment' } as const;
    const pictured = { ...schema, fields: [...schema.fields, photo] };
    const found = repetitionProblems(anOrderBody(), comparisonTerms({ fields: ['photo'] }), pictured);
    expect(found).toMatchObject([{ path: '/agreementId', rule: 'attachment' }]);
    expect(repetitionProblems(anOrderBody(), comparisonTerms(), pictured)).toEqual([]);
  });
  test.each([
    ['nobody’s', undefined, 'not-provided'],
    ['another department’s', { ...mine, provider: department('quality') }, 'not-provided'],
    ['retired', { ...mine, isRetired: true }, 'retired'],
    ['without a field for the key', { ...mine, schema: { ...schema, fields: schema.fields.slice(1) } }, 'no-column'],
  ])('no list is a resource that is %s', (_, list, rule) => {
    const found = listResourceProblems(anOrderBody(), comparisonTerms(), list, department('tax'));
    expect(found).toMatchObject([{ path: '/list/resourceId', rule }]);
  });
});

describe('an order', () => {
  test('has news where a side, or the terms, are others than those of its newest run', () => {
    const sides = { dataset: { datasetVersion: 7 }, list: { datasetVersion: 3 } };
    expect(hasNews(fresh(), 1, sides)).toBe(true);
    expect(hasNews(active(), 1, sides)).toBe(false);
    expect(hasNews(active(), 2, sides)).toBe(true);
    expect(hasNews(active(), 1, { ...sides, dataset: { datasetVersion: 8 } })).toBe(true);
    expect(hasNews(active(), 1, { ...sides, list: { datasetVersion: 4 } })).toBe(true);
  });
  test('that may run at any time is due now, another at its next moment', () => {
    expect(nextDue({ every: 'on-arrival', at: '02:00' }, 'Asia/Shanghai', instant)).toBe(instant);
    const monday = nextDue({ every: 'weekly', at: '02:00' }, 'Asia/Shanghai', '2026-12-01T00:00:00.000Z');
    expect(monday).toBe('2026-12-06T18:00:00.000Z');
  });
  test('is ended by its consumer alone, once', () => {
    expect(takenBack(active(), department('tax'), instant)).toMatchObject({ ok: true, value: { end: 'consumer' } });
    for (const other of ['quality', 'eitc'])
      expect(takenBack(active(), department(other), instant)).toMatchObject({ refusal: { code: 'not-the-consumer' } });
    const ended = orderEnded(active(), 'agreement-over', instant);
    expect(takenBack(ended, department('tax'), instant)).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(ended.left).toHaveLength(1);
  });
  test.each(Object.entries(orderIn))('%s is shown without its list to all but its consumer', (_, make) => {
    expect(orderShownTo(make(), department('tax'))).toMatchObject({
      list: { resourceId: ownList },
      lastRun: expect.any(String),
    });
    for (const reader of ['quality', 'eitc', 'auditor']) {
      const shown = JSON.stringify(orderShownTo(make(), department(reader)));
      expect(shown).not.toMatch(/"list"|taxpayers|told|object|session|epoch|left/);
    }
  });
});

describe('the routes of standing orders', () => {
  let aws: LocalAws;
  let hub: TestHub;
  let on: Reconciling;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  beforeEach(async () => {
    hub = await aHub(aws);
    on = await reconcilingOn(hub, aws);
  });

  test('refuse whoever is not its consumer, other modes, and agreements that are not in force', async () => {
    const agreement = await hub.agree();
    expect((await on.call(agreement, {}, 'quality')).body).toMatchObject({ code: 'not-the-consumer' });
    expect((await on.call(agreement, {}, 'press')).status).toBe(404);
    const lookups = await hub.agree({}, { terms: lookupTerms() as never });
    expect((await on.call(lookups)).body).toMatchObject({ status: 422, code: 'other-mode' });
    await hub.change(agreement, { state: 'suspended' });
    expect((await on.call(agreement)).body).toMatchObject({ status: 409, code: 'agreement-not-active' });
  });
  test('name each place and rule that an order breaks', async () => {
    const agreement = await hub.agree({ minResult: 5 });
    const { body } = await on.call(agreement, { kind: 'missing', list: { resourceId: resource('nobodys') } });
    const { violations } = body as unknown as { violations: { path: string; rule: string }[] };
    expect(violations.map(({ path, rule }) => [path, rule])).toEqual([
      ['/kind', 'not-agreed'],
      ['/agreementId', 'min-result'],
      ['/list/resourceId', 'not-provided'],
    ]);
  });
  test('answer a repetition with the same order, and have room for twenty', async () => {
    const agreement = await hub.agree();
    const [one, again] = [
      await on.call(agreement, {}, 'tax', { 'idempotency-key': 'k-1' }),
      await on.call(agreement, {}, 'tax', { 'idempotency-key': 'k-1' }),
    ];
    expect(again.body.reconciliationId).toBe(one.body.reconciliationId);
    for (let i = 1; i < MOST_RECONCILIATIONS; i++) await on.order(agreement);
    expect((await on.call(agreement)).body).toMatchObject({ status: 409, code: 'too-many-reconciliations' });
    expect((await on.end(one.body.reconciliationId)).status).toBe(200);
    expect((await on.call(agreement)).status).toBe(201);
  });
  test('show nobody else’s, and no runs of them', async () => {
    await hub.dataset();
    await on.taxpayers(1, 'org_code,name,own\n11-1,北京第一机床厂,a\n');
    const id = await on.order(await hub.agree());
    await on.settle(3);
    expect(await on.runs(id)).toHaveLength(1);
    expect((await on.runs(id, 'quality'))[0]).not.toHaveProperty('listOf');
    expect(await on.runs(id, 'press')).toEqual([]);
    for (const route of ['readReconciliation', 'endReconciliation'] as const)
      expect((await hub.call(route, 'press', { params: { reconciliationId: id } })).status).toBe(404);
  });
  test('leave nothing of a row in table, evidence, messages and log', async () => {
    await hub.dataset();
    await on.taxpayers(1, 'org_code,name,own\n11-1,北京第一机床厂,mark-of-ours\n');
    const id = await on.order(await hub.agree());
    await on.settle(3);
    const [run] = await on.runs(id);
    const written = JSON.stringify([
      await on.find(id),
      await hub.find(run!.comparisonId),
      await on.evidence(id),
      await hub.evidence(run!.comparisonId),
      await hub.mail(),
      hub.log.lines,
    ]);
    expect(written).not.toMatch(/mark-of-ours|北京第一机床厂|11-1/);
  });
});
