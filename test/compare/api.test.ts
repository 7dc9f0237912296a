import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dynamoDutyFacts } from '../../functions/adapters/dynamodb/duties/facts.ts';
import type { ComparisonId } from '../../schemas/contracts/ids.ts';
import { anId, terms } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { aHub, listCsv, type TestHub } from './hub.ts';

let aws: LocalAws;
let hub: TestHub;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  hub = await aHub(aws);
});

const at = (comparisonId: ComparisonId) => ({ params: { comparisonId } });
interface Items {
  readonly items: readonly { readonly comparisonId: string; readonly list?: object }[];
  readonly cursor?: string;
}

describe('announcing', () => {
  test('gives a URL that takes exactly the announced bytes', async () => {
    const { status, body } = await hub.announce(await hub.agree());
    expect(status).toBe(201);
    await expect(hub.put(body.put, listCsv.replace('11-1', '11-9'))).rejects.toThrow(/BadDigest/);
    await hub.put(body.put, listCsv);
    expect(await hub.read(body.comparisonId)).toMatchObject({
      state: 'awaiting',
      kind: 'verify',
      purpose: 'tax registration',
      list: { bytes: Buffer.byteLength(listCsv) },
    });
  });

  test('repeated with the same Idempotency-Key is the same comparison, and uses up one run', async () => {
    const agreement = await hub.agree({ runsPerDay: 1 });
    const body = { agreementId: agreement.agreementId, kind: 'verify', bytes: 3, sha256: hub.sha256 };
    const headers = { 'idempotency-key': 'once' };
    const [one, other] = [
      await hub.call('announceComparison', 'tax', { body, headers }),
      await hub.call('announceComparison', 'tax', { body, headers }),
    ];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.body['comparisonId']).toBe(one.body['comparisonId']);
  });

  test.each([
    ['an agreement that is not there', 404, 'not-found', async () => anId(77)],
    [
      'another department’s agreement',
      404,
      'not-found',
      async () => (await hub.agree({}, { consumer: 'press' as never })).agreementId,
    ],
    [
      'an agreement of another mode',
      422,
      'other-mode',
      async () => (await hub.agree({}, { terms: terms() as never })).agreementId,
    ],
    [
      'a suspended agreement',
      409,
      'agreement-not-active',
      async () => (await hub.agree({}, { state: 'suspended' })).agreementId,
    ],
    [
      'one that is not filed',
      409,
      'agreement-not-active',
      async () => (await hub.agree({}, { state: 'signed' })).agreementId,
    ],
    [
      'one that is over',
      409,
      'agreement-not-active',
      async () => (await hub.agree({}, { state: 'terminated' })).agreementId,
    ],
    [
      'one whose days are over',
      409,
      'agreement-not-active',
      async () => (await hub.agree({ validTo: '2026-01-02' })).agreementId,
    ],
  ])('%s is refused', async (_, status, code, agreementOf) => {
    const body = { agreementId: await agreementOf(), kind: 'verify', bytes: 3, sha256: hub.sha256 };
    expect(await hub.call('announceComparison', 'tax', { body })).toMatchObject({ status, body: { code } });
  });

  test('is the consumer’s, not the provider’s, and not the authority’s', async () => {
    const { agreementId } = await hub.agree();
    const body = { agreementId, kind: 'verify', bytes: 3, sha256: hub.sha256 };
    expect(await hub.call('announceComparison', 'quality', { body })).toMatchObject({
      status: 403,
      body: { code: 'not-the-consumer' },
    });
    expect(await hub.call('announceComparison', 'press', { body })).toMatchObject({ status: 404 });
  });

  test.each([
    [{ kind: 'missing' }, '/kind', 'not-agreed'],
    [{ bytes: 0 }, '/bytes', 'minimum'],
    [{ bytes: 2 * 1024 ** 3 + 1 }, '/bytes', 'maximum'],
    [{ sheet: 'x' }, '/sheet', 'format'],
    [{ columns: { phone: '电话' } }, '/columns/phone', 'not-compared'],
    [{ columns: { 'a/b': 'x' } }, '/columns/a~1b', 'not-compared'],
    [{ columns: { org_code: 'x', name: 'x' } }, '/columns/name', 'repeated'],
  ])('%j is refused', async (more, path, rule) => {
    const { agreementId } = await hub.agree();
    const body = { agreementId, kind: 'verify', bytes: 3, sha256: hub.sha256, ...more };
    const { status, body: problem } = await hub.call('announceComparison', 'tax', { body });
    expect([status, problem['code'], problem['violations']]).toMatchObject([
      422,
      'invalid-comparison',
      [{ path, rule }],
    ]);
  });

  test('beyond the runs of a day is refused until the next, and whoever asks', async () => {
    const agreement = await hub.agree({ runsPerDay: 2 });
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await hub.announce(agreement)).status));
    expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 201, 429, 429, 429]);
    const body = { agreementId: agreement.agreementId, kind: 'verify', bytes: 3, sha256: hub.sha256 };
    const { headers, body: problem } = await hub.call('announceComparison', 'tax', { body, session: 'another' });
    expect(problem['code']).toBe('quota-exceeded');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    hub.later(Number(headers['retry-after']));
    expect((await hub.announce(agreement)).status).toBe(201);
  });
  test('cancelled or refused, a run is used up all the same: none is had for nothing', async () => {
    const agreement = await hub.agree({ runsPerDay: 1 });
    const id = await hub.send(agreement, 'name\nx\n');
    await hub.run(id);
    expect((await hub.read(id)).state).toBe('refused');
    expect((await hub.announce(agreement)).status).toBe(429);
  });
});

describe('a comparison', () => {
  test('does not exist for whoever is not concerned', async () => {
    const id = await hub.send(await hub.agree());
    const unknown = anId(66) as string as ComparisonId;
    for (const [route, more] of [
      ['readComparison', {}],
      ['decideComparison', { body: { decision: 'approve' } }],
      ['cancelComparison', {}],
    ] as const) {
      const [theirs, nobodys] = [
        await hub.call(route, 'press', { ...at(id), ...more }),
        await hub.call(route, 'press', { ...at(unknown), ...more }),
      ];
      expect(theirs.status).toBe(404);
      expect(theirs.body).toEqual(nobodys.body);
    }
    const { body } = await hub.call<Items>('listComparisons', 'press');
    expect(body.items).toEqual([]);
  });

  test('is listed to its parties, to the authority and to the auditor; the list in it to its consumer alone', async () => {
    const ids = [await hub.send(await hub.agree()), await hub.send(await hub.agree())];
    for (const [as, seesList] of [
      ['tax', true],
      ['quality', false],
      ['eitc', false],
      ['auditor', false],
    ] as const) {
      const { body } = await hub.call<Items>('listComparisons', as, { query: { limit: 2 } });
      expect(body.items.map(({ comparisonId }) => comparisonId)).toEqual(ids.toReversed());
      for (const { list } of body.items) expect(list !== undefined).toBe(seesList);
    }
  });
  test('is listed by state, agreement and role', async () => {
    await hub.dataset();
    const [one, other] = [await hub.agree(), await hub.agree()];
    const [done, waiting] = [await hub.send(one), await hub.send(other)];
    await hub.run(done);
    const listed = async (query: Record<string, string>, as = 'tax') =>
      (await hub.call<Items>('listComparisons', as, { query: { ...query, limit: 2 } })).body.items.map(
        ({ comparisonId }) => comparisonId,
      );
    expect(await listed({ agreementId: one.agreementId })).toEqual([done]);
    expect(await listed({ agreementId: other.agreementId, state: 'received' })).toEqual([waiting]);
    expect(await listed({ agreementId: other.agreementId, state: 'done' })).toEqual([]);
    expect(await listed({ agreementId: one.agreementId, role: 'consumer' }, 'quality')).toEqual([]);
    expect(await listed({ agreementId: one.agreementId, role: 'provider' }, 'quality')).toEqual([done]);
  });
});

describe('the provider’s approval', () => {
  test('is asked for once the list is there; allowed, it is run', async () => {
    await hub.dataset();
    const agreed = await hub.agree({ approval: 'provider' });
    const id = await hub.send(agreed);
    expect([(await hub.read(id)).state, hub.sent]).toEqual(['awaiting-approval', []]);
    const owed = () => dynamoDutyFacts(aws.table).listWaiting(agreed);
    expect(await owed()).toEqual({ since: expect.any(String), until: expect.any(String) });
    expect(await hub.told(id)).toMatchObject([{ to: 'quality', notice: { event: 'approval-asked', by: 'tax' } }]);
    await hub.run(id);
    expect((await hub.read(id)).state).toBe('awaiting-approval');

    const { status, body } = await hub.call('decideComparison', 'quality', {
      ...at(id),
      body: { decision: 'approve' },
    });
    expect([status, body['state'], body['list']]).toEqual([200, 'received', undefined]);
    expect(await owed()).toBeUndefined();
    expect(hub.sent).toHaveLength(1);
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'done', approvedAt: expect.any(String) });
    expect((await hub.evidence(id)).map(({ act }) => act)).toEqual([
      'comparison-announced',
      'comparison-approved',
      'comparison-run',
    ]);
  });
  test('may be refused with a reason; the list goes', async () => {
    const id = await hub.send(await hub.agree({ approval: 'provider' }));
    const body = { decision: 'decline', reason: '没有对应的案件' };
    expect((await hub.call('decideComparison', 'quality', { ...at(id), body })).status).toBe(200);
    expect(await hub.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'declined', detail: body.reason } });
    await hub.sweep();
    expect(await hub.isListThere(id)).toBe(false);
    expect(JSON.stringify([await hub.evidence(id), await hub.told(id)])).not.toContain(body.reason);
  });
  test('is the provider’s alone, and given once', async () => {
    const id = await hub.send(await hub.agree({ approval: 'provider' }));
    const body = { decision: 'approve' };
    expect(await hub.call('decideComparison', 'tax', { ...at(id), body })).toMatchObject({
      status: 403,
      body: { code: 'not-the-provider' },
    });
    expect((await hub.call('decideComparison', 'quality', { ...at(id), body })).status).toBe(200);
    expect(await hub.call('decideComparison', 'quality', { ...at(id), body })).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    });
  });
  test('that never comes lets the comparison expire after a week', async () => {
    const agreed = await hub.agree({ approval: 'provider' });
    const id = await hub.send(agreed);
    hub.later(7 * 86_400);
    await hub.sweep();
    expect((await hub.read(id)).state).toBe('expired');
    expect(await dynamoDutyFacts(aws.table).listWaiting(agreed)).toBeUndefined();
    await hub.sweep();
    expect(await hub.isListThere(id)).toBe(false);
  });
  test('and a cancellation at the same time: one of the two comes first', async () => {
    const id = await hub.send(await hub.agree({ approval: 'provider' }));
    const answers = await Promise.all([
      hub.call('decideComparison', 'quality', { ...at(id), body: { decision: 'approve' } }),
      hub.call('cancelComparison', 'tax', at(id)),
    ]);
    expect(answers.map(({ status }) => status)).toContain(200);
    const { state } = await hub.read(id);
    expect(['received', 'cancelled']).toContain(state);
  });
});

describe('a cancellation', () => {
  test('is the consumer’s, as long as there is no result', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree());
    expect(await hub.call('cancelComparison', 'quality', at(id))).toMatchObject({
      status: 403,
      body: { code: 'not-the-consumer' },
    });
    await hub.run(id);
    expect(await hub.call('cancelComparison', 'tax', at(id))).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    });
  });
  test('repeated with the same key is answered the same', async () => {
    const id = await hub.send(await hub.agree());
    const call = () => hub.call('cancelComparison', 'tax', { ...at(id), headers: { 'idempotency-key': 'stop' } });
    expect([(await call()).body['state'], (await call()).body['state']]).toEqual(['cancelled', 'cancelled']);
  });
});
