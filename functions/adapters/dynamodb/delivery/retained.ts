import type { StoredDelivery } from '../../../../schemas/contracts/deliveries.ts';
import type { Evidence } from '../../../../schemas/contracts/evidence.ts';
import type { DeliveryId } from '../../../../schemas/contracts/ids.ts';
import { writeEvidence } from '../evidence.ts';
import { change, changeOf } from '../table/change.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { commit, update, type Write } from '../table/write.ts';

const mark = ['lookAgainAt', 'duePk', 'dueSk'];

/** A grant that was taken back meanwhile took the mark along: then nothing is held whose retention could end. */
export async function noticed(table: Table, id: DeliveryId, retainedUntil: string): Promise<void> {
  const values = { released: 'released' };
  const held = await update(
    table,
    changeOf(table, keyOf.delivery(id), {
      set: { state: 'noticed', lookAgainAt: retainedUntil, duePk: 'RETENTION', dueSk: retainedUntil },
      when: '#state = :released AND attribute_exists(#duePk)',
      values,
    }),
  );
  if (held) return;
  await update(
    table,
    changeOf(table, keyOf.delivery(id), { set: { state: 'noticed' }, when: '#state = :released', values }),
  );
}

export async function withdraw(table: Table, delivery: StoredDelivery): Promise<void> {
  await commit(table, [
    ...takeGrant(table, delivery),
    change(table, keyOf.delivery(delivery.deliveryId), { remove: mark, when: 'attribute_exists(#pk)' }),
  ]);
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
    writeEvidence(table, evidence),
  ]);
  return committed;
}

export async function unmark(table: Table, id: DeliveryId): Promise<void> {
  await commit(table, [
    change(table, keyOf.delivery(id), { remove: mark, when: '#state = :noticed', values: { noticed: 'noticed' } }),
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
  {
    Update: {
      TableName: table.name,
      Key: keyOf.extract(extractId),
      UpdateExpression: 'ADD grants :less',
      ConditionExpression: 'grants >= :one',
      ExpressionAttributeValues: { ':less': -1, ':one': 1 },
    },
  },
];
