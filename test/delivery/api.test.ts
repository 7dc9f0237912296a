import { describe, expect, test } from '@jest/globals';
import type { Delivery, DeliveryContent } from '../../schemas/contracts/deliveries.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { anId, department, sha256 } from '../support/builders.ts';
import { aHub, sorted, type TestHub } from './hub.ts';

interface Listed {
  readonly items: readonly Delivery[];
  readonly cursor?: string;
}

/** `tax` received datasets 1 to `count` of `legal-entities`. */
async function received(count = 1): Promise<TestHub> {
  const hub = aHub();
  hub.agree({ terms: { validTo: '2027-12-31' } });
  for (let version = 1; version <= count; version++) await hub.dispatch(hub.commit(version));
  await hub.deliver();
  return hub;
}

const idOf = (hub: TestHub, version = 1) =>
  hub.deliveries.find(({ datasetVersion }) => datasetVersion === version)!.deliveryId;
const about = (hub: TestHub, version = 1) => ({ params: { deliveryId: idOf(hub, version) } });
const receipt = (hub: TestHub, version = 1, changes = {}) => ({
  ...about(hub, version),
  body: { sha256: hub.store.deliveries.get(idOf(hub, version))!.sha256 },
  ...changes,
});

describe('the history', () => {
  async function walk(
    hub: TestHub,
    as: string,
    query: Record<string, string | number>,
    parameter: 'cursor' | 'after' = 'cursor',
  ) {
    const pages: Listed[] = [];
    for (let cursor: string | undefined; pages.length < 50;) {
      const { body } = await hub.call<Listed>('listDeliveries', as, {
        query: { ...query, ...(cursor !== undefined && { [parameter]: cursor }) },
      });
      pages.push(body);
      cursor = body.cursor;
      if (cursor === undefined) break;
    }
    return pages;
  }
  const versions = (pages: readonly Listed[]) =>
    pages.flatMap(({ items }) => items.map(({ datasetVersion }) => datasetVersion));

  test.each([1, 2, 3, 7, 8, 100])('is complete and without repeats, oldest first, in pages of %i', async (limit) => {
    const hub = await received(7);
    for (const parameter of ['cursor', 'after'] as const)
      expect(versions(await walk(hub, 'tax', { limit }, parameter))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
  test('gives a cursor with the last page too, from which one goes on later', async () => {
    const hub = await received(2);
    const first = await hub.call<Listed>('listDeliveries', 'tax');
    expect(first.body.items).toHaveLength(2);
    const cursor = first.body.cursor!;
    expect((await hub.call<Listed>('listDeliveries', 'tax', { query: { after: cursor } })).body).toEqual({ items: [] });
    await hub.dispatch(hub.commit(3));
    await hub.deliver();
    expect(versions([(await hub.call<Listed>('listDeliveries', 'tax', { query: { after: cursor } })).body])).toEqual([
      3,
    ]);
  });
  test('finds what has no receipt, however far apart', async () => {
    const hub = await received(9);
    for (const version of [1, 2, 4, 5, 6, 7, 9])
      expect((await hub.call('giveReceipt', 'tax', receipt(hub, version))).status).toBe(200);
    expect(versions(await walk(hub, 'tax', { receipt: 'none', limit: 1 }))).toEqual([3, 8]);
  });
  test('can be narrowed to an agreement or a resource', async () => {
    const hub = await received(2);
    hub.agree({ agreementId: anId(2), terms: { fields: ['name'] } });
    await hub.dispatch(hub.commit(3));
    await hub.deliver();
    expect(versions(await walk(hub, 'tax', { agreementId: anId(2), limit: 1 }))).toEqual([3]);
    expect(versions(await walk(hub, 'tax', { resourceId: 'legal-entities', limit: 2 }))).toEqual([1, 2, 3, 3]);
    expect(versions(await walk(hub, 'tax', { resourceId: 'streets' }))).toEqual([]);
  });
  test('of a provider is what went out of its resources; nobody sees another’s', async () => {
    const hub = await received(3);
    expect(sorted(versions(await walk(hub, 'quality', { role: 'provider', limit: 2 })))).toEqual([1, 2, 3]);
    for (const [as, role] of [
      ['press', 'consumer'],
      ['press', 'provider'],
      ['quality', 'consumer'],
      ['tax', 'provider'],
    ] as const) {
      expect(versions(await walk(hub, as, { role }))).toEqual([]);
    }
  });
  test('shows deliveries as the contract has them', async () => {
    const hub = await received(1);
    const { body } = await hub.call<Listed>('listDeliveries', 'tax');
    expect(Object.keys(body.items[0]!).sort()).toEqual([
      'agreementId',
      'bytes',
      'consumer',
      'content',
      'datasetVersion',
      'deliveryId',
      'format',
      'plannedAt',
      'provider',
      'releasedAt',
      'resourceId',
      'resourceVersion',
      'rows',
      'sha256',
      'state',
      'termsVersion',
    ]);
  });
});

describe('who may do what', () => {
  test.each([
    ['readDelivery', 'tax', 200, undefined],
    ['readDelivery', 'quality', 200, undefined],
    ['readDelivery', 'press', 404, 'not-found'],
    ['readContent', 'tax', 200, undefined],
    ['readContent', 'quality', 403, 'not-the-consumer'],
    ['readContent', 'press', 404, 'not-found'],
    ['giveReceipt', 'tax', 200, undefined],
    ['giveReceipt', 'quality', 403, 'not-the-consumer'],
    ['giveReceipt', 'press', 404, 'not-found'],
  ] as const)('%s by %s: %i %s', async (route, as, status, code) => {
    const hub = await received();
    const { status: answered, body } = await hub.call<Problem>(
      route,
      as,
      route === 'giveReceipt' ? receipt(hub) : about(hub),
    );
    expect([answered, body.code]).toEqual([status, code]);
    if (as !== 'tax') expect(hub.evidenceOf('content-requested')).toEqual([]);
  });
  test('an id that nothing has is not found', async () => {
    const hub = await received();
    for (const deliveryId of [anId(999), 'nonsense']) {
      expect((await hub.call('readContent', 'tax', { params: { deliveryId } })).status).toBe(404);
    }
  });
});

describe('content', () => {
  test('is a URL of 60 seconds, digest and length, and evidence that it was asked for', async () => {
    const hub = await received();
    const delivery = hub.deliveries[0]!;
    const { body } = await hub.call<DeliveryContent>('readContent', 'tax', { ...about(hub), session: 'lin' });
    expect(body).toMatchObject({
      expiresAt: '2026-12-01T01:01:00.000Z',
      sha256: delivery.sha256,
      bytes: delivery.bytes,
    });
    expect(body.url).toContain('versionId=v1&seconds=60&');
    expect(hub.evidenceOf('content-requested')).toMatchObject([
      {
        actor: { department: 'tax', session: 'lin' },
        subject: { deliveryId: delivery.deliveryId, provider: 'quality', consumer: 'tax' },
      },
    ]);
  });
  test('has no URL without its evidence', async () => {
    const hub = await received();
    hub.life.killAt(1, 'before');
    expect((await hub.call('readContent', 'tax', about(hub))).status).toBe(500);
  });
  test.each<[string, (hub: TestHub) => unknown, string]>([
    ['the agreement has ended', (hub) => hub.end(anId(1)), 'agreement-not-active'],
    ['the agreement has expired', (hub) => hub.end(anId(1), 'expired'), 'agreement-not-active'],
    ['the agreement is suspended', (hub) => hub.suspend(anId(1)), 'agreement-not-active'],
    ['other terms are in force', (hub) => hub.amend(anId(1), {}), 'agreement-not-active'],
    ['its retention is over', (hub) => hub.clock.set('2027-12-01T01:00:00.000Z'), 'retention-over'],
    ['it has ended and been revoked', (hub) => hub.dispatch(hub.end(anId(1))), 'agreement-not-active'],
  ])('is refused once %s', async (_case, change, code) => {
    const hub = await received();
    await change(hub);
    const { status, body } = await hub.call('readContent', 'tax', about(hub));
    expect([status, body['code']]).toEqual([409, code]);
    expect(hub.evidenceOf('content-requested')).toEqual([]);
  });
  test('is refused once the validity of the terms is over', async () => {
    const hub = aHub();
    hub.agree({ terms: { validTo: '2026-12-05' } });
    await hub.dispatch(hub.commit(1));
    await hub.deliver();
    hub.clock.set('2026-12-05T16:00:00.000Z');
    expect((await hub.call('readContent', 'tax', about(hub))).body).toMatchObject({ code: 'agreement-not-active' });
  });
  test('is refused where the agreement ends between reading and evidence', async () => {
    const hub = await received();
    hub.life.pauseWith(async (call) => {
      if (call === 'request') hub.end(anId(1));
    });
    expect((await hub.call('readContent', 'tax', about(hub))).body).toMatchObject({ code: 'agreement-not-active' });
    expect(hub.evidenceOf('content-requested')).toEqual([]);
  });
  test('is not there before release; why it never will be says the void', async () => {
    const hub = aHub();
    hub.agree({});
    await hub.dispatch(hub.commit(1));
    expect((await hub.call('readContent', 'tax', about(hub))).body).toMatchObject({
      status: 409,
      code: 'not-released',
    });
    expect((await hub.call<Delivery>('readDelivery', 'tax', about(hub))).body.state).toBe('planned');
    await hub.dispatch(hub.end(anId(1)));
    expect((await hub.call('readContent', 'tax', about(hub))).body).toMatchObject({
      status: 409,
      code: 'agreement-not-active',
    });
  });
});

describe('a receipt', () => {
  test('given again, at once or later, is one', async () => {
    const hub = await received();
    const answers = await Promise.all([1, 2, 3].map(() => hub.call<Delivery>('giveReceipt', 'tax', receipt(hub))));
    hub.clock.set('2026-12-01T05:00:00.000Z');
    answers.push(await hub.call<Delivery>('giveReceipt', 'tax', receipt(hub)));
    expect(answers.map(({ status, body }) => [status, body.receivedAt])).toEqual(
      Array.from({ length: 4 }, () => [200, '2026-12-01T01:00:00.000Z']),
    );
    expect(hub.evidenceOf('receipt-given')).toHaveLength(1);
  });
  test.each([0, 11, 22, 42])('names the whole digest of what was delivered: character %d', async (index) => {
    const hub = await received();
    const { sha256: right = '' } = hub.deliveries[0]!;
    const wrong = `${right.slice(0, index)}${right[index] === 'A' ? 'Q' : 'A'}${right.slice(index + 1)}`;
    const call = receipt(hub, 1, { body: { sha256: wrong } });
    expect((await hub.call('giveReceipt', 'tax', call)).body).toMatchObject({ code: 'digest-differs' });
  });
  test('names the digest of what was delivered', async () => {
    const hub = await received();
    expect((await hub.call('giveReceipt', 'tax', receipt(hub, 1, { body: { sha256 } }))).body).toMatchObject({
      status: 422,
      code: 'digest-differs',
    });
    expect(hub.evidenceOf('receipt-given')).toEqual([]);
  });
  test('can follow the end of the agreement', async () => {
    const hub = await received();
    await hub.dispatch(hub.end(anId(1)));
    expect((await hub.call('giveReceipt', 'tax', receipt(hub))).status).toBe(200);
  });
  test('cannot precede the release', async () => {
    const hub = aHub();
    hub.agree({ consumer: department('tax') });
    await hub.dispatch(hub.commit(1));
    expect((await hub.call('giveReceipt', 'tax', { ...about(hub), body: { sha256 } })).body).toMatchObject({
      status: 409,
      code: 'not-released',
    });
  });
  test('with an Idempotency-Key answers alike, and refuses the key for anything else', async () => {
    const hub = await received();
    const keyed = (key: string, changes = {}) =>
      hub.call<Delivery & Problem>(
        'giveReceipt',
        'tax',
        receipt(hub, 1, { headers: { 'Idempotency-Key': key }, ...changes }),
      );
    const [first, again] = [await keyed('one'), await keyed('one')];
    expect(again.body).toEqual(first.body);
    for (const key of ['one', 'two']) {
      await keyed(key);
      expect((await keyed(key, { body: { sha256 } })).body.code).toBe('idempotency-key-reused');
    }
  });
});
