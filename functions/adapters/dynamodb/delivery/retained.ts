import type { Evidence } from '../../../../schemas/contracts/evidence.ts';
import type { DeliveryId } from '../../../../schemas/contracts/ids.ts';
import type { StoredDelivery } from '../../../../schemas/stored/delivery.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeEvidence } from '../evidence.ts';
import { change, changeOf } from '../table/change.ts';
import { carriedBefore, isMarked, mark, setBeside, unmark } from '../table/due.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { commit, update, type Write } from '../table/write.ts';

const lookedAt = ['lookAgainAt', ...carriedBefore];

/** A grant that was taken back meanwhile took the mark along: then nothing is held whose retention could end. */
export async function noticed(table: Table, id: DeliveryId, retainedUntil: string): Promise<void> {
  const values = { released: 'released' };
  const key = keyOf.delivery(id);
  const when = '#state = :released';
  const { committed } = await commit(table, [
    change(table, key, { set: { state: 'noticed', lookAgainAt: retainedUntil }, remove: carriedBefore, when, values }),
    unmark(table, 'delivery', key, isMarked),
    mark(table, 'retention', key, { deliveryId: id }, retainedUntil),
  ]);
  if (committed) return;
  const item = await readItem(table, key);
  if (item && (await setBeside(table, 'delivery', item))) return noticed(table, id, retainedUntil);
  await update(table, changeOf(table, key, { set: { state: 'noticed' }, when, values }));
}

export async function withdraw(table: Table, delivery: StoredDelivery): Promise<void> {
  const key = keyOf.delivery(delivery.deliveryId);
  const result = await commit(table, [
    ...takeGrant(table, delivery),
    change(table, key, { remove: lookedAt, when: 'attribute_exists(#pk)' }),
    unmark(table, 'delivery', key),
    unmark(table, 'retention', key),
  ]);
  // Without a grant it was withdrawn before.
  if (!result.committed && !result.failed.includes(0))
    throw new Fault(`the grant of delivery ${delivery.deliveryId} is not counted, or its delivery is gone`);
}

/** See the port: the mark stays until `unmark`. */
export async function endRetention(
  table: Table,
  delivery: StoredDelivery,
  endedAt: string,
  evidence: Evidence,
): Promise<boolean> {
  const { committed } = await commit(table, [
    ...takeGrant(table, delivery),
    change(table, keyOf.delivery(delivery.deliveryId), {
      set: { retentionEndedAt: endedAt },
      when: '#state = :noticed',
      values: { noticed: 'noticed' },
    }),
    ...writeEvidence(table, evidence),
  ]);
  return committed;
}

export async function forgetRetention(table: Table, id: DeliveryId): Promise<void> {
  const key = keyOf.delivery(id);
  await commit(table, [
    change(table, key, { remove: lookedAt, when: '#state = :noticed', values: { noticed: 'noticed' } }),
    unmark(table, 'retention', key),
  ]);
}

/** The grant and its count, on condition that there is one. */
const takeGrant = (table: Table, { extractId, deliveryId }: StoredDelivery): readonly Write[] => [
  {
    Delete: {
      TableName: table.name,
      Key: keyOf.grant(extractId, deliveryId),
      ConditionExpression: 'attribute_exists(pk)',
    },
  },
  change(table, keyOf.extract(extractId), { add: { grants: -1 }, when: '#grants >= :one', values: { one: 1 } }),
];
