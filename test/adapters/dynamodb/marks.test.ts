import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readAgreement } from '../../../functions/adapters/dynamodb/agreements/read.ts';
import { dynamoAgreements } from '../../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoDeliveries } from '../../../functions/adapters/dynamodb/delivery/deliveries.ts';
import { dynamoMarks } from '../../../functions/adapters/dynamodb/delivery/facts.ts';
import { writePlanned } from '../../../functions/adapters/dynamodb/delivery/planned.ts';
import { writeEvidence } from '../../../functions/adapters/dynamodb/evidence.ts';
import { dynamoUploads } from '../../../functions/adapters/dynamodb/intake/uploads.ts';
import { dynamoCounters } from '../../../functions/adapters/dynamodb/reports/counters.ts';
import { isMarked, mark, marked, postpone, unmark } from '../../../functions/adapters/dynamodb/table/due.ts';
import { toItem } from '../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf, type Key, type Purpose } from '../../../functions/adapters/dynamodb/table/keys.ts';
import { readItem, type Item } from '../../../functions/adapters/dynamodb/table/reads.ts';
import { commit, putNew } from '../../../functions/adapters/dynamodb/table/write.ts';
import { planDelivery } from '../../../functions/delivery/domain/plan.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { inState } from '../../intake/an-upload.ts';
import { anEvidence } from '../../reports/an-evidence.ts';
import { aDefinition, anAct, anAgreement, anId, aStoredDataset, instant, resource } from '../../support/builders.ts';
import { startLocalAws, type LocalAws } from '../../support/local-aws.ts';
import { marksOf } from '../../support/marks.ts';
import type { StoredKind } from '../../../schemas/stored/kinds.ts';

let aws: LocalAws;
beforeAll(async () => void (aws = await startLocalAws()));
afterAll(() => aws.stop());

const later = '2026-12-01T02:00:00.000Z';
const evidence = (number: number) => anEvidence('agreement-filed', { number });
const { schema } = aDefinition();
const aDelivery = (number: number, more: Partial<StoredDelivery> = {}): StoredDelivery => ({
  ...planDelivery(
    anAgreement({ agreementId: anId(number), state: 'active' }),
    aStoredDataset(),
    { pinned: schema, actual: schema },
    instant,
  ),
  ...more,
});
const due = async (purpose: Purpose, { pk }: Key) => (await marksOf(aws.table, purpose)).get(pk);

describe('a thing and its marks', () => {
  test('it is due for several reasons at once, each by itself, and is not written for any of them', async () => {
    const proof = evidence(1);
    const key = keyOf.evidence(proof.evidenceId);
    await commit(aws.table, writeEvidence(aws.table, proof));
    const written = await readItem(aws.table, key);
    await commit(aws.table, [mark(aws.table, 'late', key, {}, later)]);
    expect([await due('count', key), await due('late', key)]).toEqual([proof.at, later]);
    await postpone(aws.table, 'late', key, '2027-01-01T00:00:00.000Z');
    await commit(aws.table, [unmark(aws.table, 'count', key, isMarked)]);
    expect(await commit(aws.table, [unmark(aws.table, 'count', key, isMarked)])).toMatchObject({ committed: false });
    expect([await due('count', key), await due('late', key)]).toEqual([undefined, '2027-01-01T00:00:00.000Z']);
    expect(await readItem(aws.table, key)).toEqual(written);
  });

  test('what is not marked cannot be postponed, nor what is marked in another state', async () => {
    const delivery = aDelivery(20);
    const key = keyOf.delivery(delivery.deliveryId);
    expect(await postpone(aws.table, 'delivery', key, later)).toBe(false);
    await commit(aws.table, writePlanned(aws.table, delivery));
    expect(await postpone(aws.table, 'delivery', key, later, 'released')).toBe(false);
    expect(await postpone(aws.table, 'delivery', key, later, 'planned')).toBe(true);
    expect(await due('delivery', key)).toBe(later);
  });
});

/** As earlier versions wrote it: the thing carries its one mark itself. */
async function before(kind: StoredKind, key: Key, thing: object, purpose: Purpose, at = instant): Promise<Item> {
  const item = { ...toItem(kind, key, thing), duePk: purpose.toUpperCase(), dueSk: at };
  await commit(aws.table, [putNew(aws.table, item)]);
  return item;
}

describe('a mark that a thing from before carries', () => {
  const dataset = aStoredDataset({ resourceId: resource('from-before') });
  const agreement = anAgreement({ agreementId: anId(31), state: 'active' });
  const upload = inState.accepted({ uploadId: anId(32), lookAgainAt: instant });
  const proof = evidence(33);
  test.each<[Purpose, StoredKind, Key, object]>([
    ['upload', 'upload', keyOf.upload(upload.uploadId), upload],
    ['dataset', 'dataset', keyOf.dataset(dataset.resourceId, 1), dataset],
    ['agreement', 'agreement', keyOf.agreement(agreement.agreementId), agreement],
    ['delivery', 'delivery', keyOf.delivery(anId(34)), { deliveryId: anId(34), state: 'planned' }],
    ['retention', 'delivery', keyOf.delivery(anId(35)), { deliveryId: anId(35), state: 'noticed' }],
    ['late', 'resource', keyOf.resource(resource('late-before')), { resourceId: 'late-before', provider: 'quality' }],
    ['count', 'evidence', keyOf.evidence(proof.evidenceId), proof],
  ])('is found for %s, once, and set beside it', async (purpose, kind, key, thing) => {
    const { duePk: _partition, dueSk: _at, ...item } = await before(kind, key, thing, purpose);
    const found = async (until: string) => {
      const all: unknown[] = [];
      for await (const { pk } of marked(aws.table, purpose, until)) if (pk === key.pk) all.push(pk);
      return all;
    };
    expect(await found('2026-12-01T00:59:59.999Z')).toEqual([]);
    expect(await found(later)).toEqual([key.pk]);
    expect(await readItem(aws.table, key)).toEqual(item);
    expect(await found(later)).toEqual([key.pk]);
    expect(await postpone(aws.table, purpose, key, '2027-01-01T00:00:00.000Z')).toBe(true);
    expect(await found(later)).toEqual([]);
  });

  test('of a released delivery is followed by the end of its retention', async () => {
    const delivery = aDelivery(40, { state: 'released', releasedAt: instant, lookAgainAt: instant });
    const key = keyOf.delivery(delivery.deliveryId);
    await before('delivery', key, delivery, 'delivery');
    await dynamoDeliveries(aws.table).noticed(delivery.deliveryId, later);
    expect([await due('delivery', key), await due('retention', key)]).toEqual([undefined, later]);
    expect(await readItem(aws.table, key)).not.toHaveProperty('duePk');
  });

  test('of evidence is counted once', async () => {
    const old = evidence(41);
    await before('evidence', keyOf.evidence(old.evidenceId), old, 'count', '2020-01-01T00:00:00.000Z');
    const counters = dynamoCounters(aws.table);
    const found: unknown[] = [];
    for await (const { evidenceId } of counters.uncounted('2020-01-02T00:00:00.000Z')) found.push(evidenceId);
    expect(found).toEqual([old.evidenceId]);
    const once = { evidence: [old.evidenceId], counters: new Map(), uses: new Map(), asked: new Map() };
    expect(await counters.add(once)).toEqual([]);
    expect(await counters.add(once)).toEqual([old.evidenceId]);
  });

  test('of an agreement or an upload goes on through whatever is done to it', async () => {
    const signed = anAgreement({ agreementId: anId(42), state: 'active' });
    const agreements = dynamoAgreements(aws.table);
    await agreements.add(anAct(signed, { evidence: [evidence(43)] }));
    const key = keyOf.agreement(signed.agreementId);
    const Item = { ...(await readItem(aws.table, key)), duePk: 'AGREEMENT', dueSk: later };
    await commit(aws.table, [{ Put: { TableName: aws.table.name, Item } }]);
    const found = await readAgreement(aws.table, signed.agreementId);
    expect(found?.lookAgainAt).toBe(later);
    await agreements.replace(
      anAct(signed, { evidence: [evidence(44)], lookAgainAt: found?.lookAgainAt }),
      found!.revision,
    );
    expect(await due('agreement', key)).toBe(later);

    const old = inState.received({ uploadId: anId(45), lookAgainAt: later });
    await before('upload', keyOf.upload(old.uploadId), old, 'upload', later);
    await dynamoUploads(aws.table).replace(old, old);
    expect(await due('upload', keyOf.upload(old.uploadId))).toBe(later);
  });
});

test('a mark that another version of the hub left behind is taken away where it is found', async () => {
  const [upload, delivery] = [inState.accepted({ uploadId: anId(60) }), aDelivery(61, { state: 'void' })];
  const [ofUpload, ofDelivery] = [keyOf.upload(upload.uploadId), keyOf.delivery(delivery.deliveryId)];
  await commit(aws.table, [
    putNew(aws.table, toItem('upload', ofUpload, upload)),
    mark(aws.table, 'upload', ofUpload, upload, instant),
    mark(aws.table, 'delivery', ofDelivery, delivery, instant),
  ]);
  expect(await dynamoUploads(aws.table).dueBy(later, 100)).not.toContain(upload.uploadId);
  await dynamoDeliveries(aws.table).lookNoMore(delivery);
  expect([await due('upload', ofUpload), await due('delivery', ofDelivery)]).toEqual([undefined, undefined]);
});

test('an agreement stays marked where an act came after what was read', async () => {
  const agreements = dynamoAgreements(aws.table);
  const agreement = anAgreement({ agreementId: anId(50), state: 'active' });
  const key = keyOf.agreement(agreement.agreementId);
  await agreements.add(anAct(agreement, { evidence: [evidence(51)], lookAgainAt: later }));
  await agreements.replace(anAct(agreement, { evidence: [evidence(52)], lookAgainAt: later }), 1);
  await dynamoMarks(aws.table).clearAgreement(agreement.agreementId, 1);
  expect(await due('agreement', key)).toBe(later);
  // What asks for no reaction is nothing to wait for.
  await agreements.replace(anAct(agreement, { evidence: [evidence(53)] }), 2);
  await dynamoMarks(aws.table).clearAgreement(agreement.agreementId, 2);
  expect(await due('agreement', key)).toBeUndefined();
});
