import type { StoredDelivery } from '../../../../schemas/contracts/deliveries.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Item, Table } from '../table/reads.ts';
import { commit, putNew, type Write } from '../table/write.ts';

/** Two writes for a delivery, of the hundred that a transaction takes. */
const DELIVERIES_A_TRANSACTION = 40;

/** Where the provider finds a delivery that was released or never could be. */
export const providedList = (delivery: StoredDelivery, at: string) => ({
  partition: `PROVIDED#${delivery.provider}`,
  position: `${at}#${delivery.deliveryId}`,
});

/** A new delivery and its place among its agreement's deliveries, where a termination finds it. */
export const writePlanned = (table: Table, delivery: StoredDelivery): readonly [Write, Write] => [
  putNew(table, itemOf(delivery)),
  {
    Put: {
      TableName: table.name,
      Item: toItem('pointer', keyOf.agreementDelivery(delivery.agreementId, delivery.deliveryId), {
        deliveryId: delivery.deliveryId,
      }),
    },
  },
];

const itemOf = (delivery: StoredDelivery): Item =>
  toItem('delivery', keyOf.delivery(delivery.deliveryId), delivery, {
    ...(delivery.lookAgainAt !== undefined && { due: { partition: 'DELIVERY', at: delivery.lookAgainAt } }),
    ...(delivery.state === 'void' && { list: providedList(delivery, delivery.plannedAt) }),
  });

/** Stores those that are not there yet. */
export async function planAll(table: Table, deliveries: readonly StoredDelivery[]): Promise<void> {
  for (let from = 0; from < deliveries.length; from += DELIVERIES_A_TRANSACTION) {
    await planSome(table, deliveries.slice(from, from + DELIVERIES_A_TRANSACTION));
  }
}

async function planSome(table: Table, deliveries: readonly StoredDelivery[]): Promise<void> {
  let missing = deliveries;
  while (missing.length > 0) {
    const result = await commit(
      table,
      missing.flatMap((delivery) => writePlanned(table, delivery)),
    );
    if (result.committed) return;
    // A failed condition is always that of a delivery which is there already: its first write of two.
    const there = new Set(result.failed.map((position) => Math.floor(position / 2)));
    missing = missing.filter((_, index) => !there.has(index));
  }
}
