import type { StoredDelivery } from '../../../../schemas/stored/delivery.ts';
import { mark } from '../table/due.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Item, Table } from '../table/reads.ts';
import { commit, put, putNew, type Write } from '../table/write.ts';

/** Three writes for a delivery, of the hundred that a transaction takes. */
const DELIVERIES_A_TRANSACTION = 33;

/** Where the provider finds a delivery that was released or never could be. */
export const providedList = (delivery: StoredDelivery, at: string) => ({
  partition: `PROVIDED#${delivery.provider}`,
  position: `${at}#${delivery.deliveryId}`,
});

/** A new delivery, then its place among its agreement's deliveries, where a termination finds it, and its mark. */
export const writePlanned = (table: Table, delivery: StoredDelivery): readonly [Write, ...Write[]] => [
  putNew(table, itemOf(delivery)),
  ...markOf(table, delivery),
  put(
    table,
    toItem('pointer', keyOf.agreementDelivery(delivery.agreementId, delivery.deliveryId), {
      deliveryId: delivery.deliveryId,
    }),
  ),
];

const itemOf = (delivery: StoredDelivery): Item =>
  toItem('delivery', keyOf.delivery(delivery.deliveryId), delivery, {
    ...(delivery.state === 'void' && { list: providedList(delivery, delivery.plannedAt) }),
  });

/** For as long as it is planned or released. */
export const markOf = (table: Table, delivery: StoredDelivery): readonly Write[] =>
  delivery.lookAgainAt === undefined
    ? []
    : [mark(table, 'delivery', keyOf.delivery(delivery.deliveryId), delivery, delivery.lookAgainAt)];

/** Stores those that are not there yet. */
export async function planAll(table: Table, deliveries: readonly StoredDelivery[]): Promise<void> {
  for (let from = 0; from < deliveries.length; from += DELIVERIES_A_TRANSACTION) {
    await planSome(table, deliveries.slice(from, from + DELIVERIES_A_TRANSACTION));
  }
}

async function planSome(table: Table, deliveries: readonly StoredDelivery[]): Promise<void> {
  let missing = deliveries;
  while (missing.length > 0) {
    const planned = missing.map((delivery) => writePlanned(table, delivery));
    const result = await commit(table, [...planned.map(([item]) => item), ...planned.flatMap(([, ...rest]) => rest)]);
    if (result.committed) return;
    // A failed condition is always that of a delivery which is there already.
    missing = missing.filter((_, index) => !result.failed.includes(index));
  }
}
