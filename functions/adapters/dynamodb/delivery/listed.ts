import type * as z from 'zod';
import type { DeliveryQuery } from '../../../../schemas/contracts/deliveries.ts';
import type { DeliveryId, DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import { StoredDelivery, DeliveryPointer } from '../../../../schemas/stored/delivery.ts';
import { Fault } from '../../../kernel/fault.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk, type Listing } from '../table/walk.ts';

export const pointerOf = ({ deliveryId, resourceId, agreementId }: StoredDelivery): DeliveryPointer => ({
  deliveryId,
  resourceId,
  agreementId,
});

/** Looked at for one page; where the filter keeps few of them the page is short, and its cursor leads on. */
const LOOKED_AT = 10_000;

/** By position, which the release's transaction gave: nothing ever appears before a cursor that was given out. */
export const history = (table: Table, consumer: DepartmentId, query: DeliveryQuery): Promise<Page<StoredDelivery>> =>
  pageThrough(
    table,
    { from: { pk: keyOf.mailbox(consumer).pk, prefix: 'DELIVERY#' } },
    query,
    DeliveryPointer,
    async ({ deliveryId }) => {
      const item = await readItem(table, keyOf.delivery(deliveryId));
      if (!item) throw new Fault(`delivery ${deliveryId} is in a history and not there`);
      return fromItem(StoredDelivery, item);
    },
  );

export const provided = (table: Table, provider: DepartmentId, query: DeliveryQuery): Promise<Page<StoredDelivery>> =>
  pageThrough(
    table,
    {
      from: {
        list: `PROVIDED#${provider}`,
        keyOf: (position) => keyOf.delivery((position.split('#')[1] || '0') as DeliveryId),
      },
    },
    query,
    StoredDelivery,
    (delivery) => Promise.resolve(delivery),
  );

/** The cursor is the last position looked at, also when nothing follows yet: the caller comes back to it later. */
async function pageThrough<S extends z.ZodType<DeliveryPointer>>(
  table: Table,
  listing: Listing,
  query: DeliveryQuery,
  schema: S,
  load: (entry: z.output<S>) => Promise<StoredDelivery>,
): Promise<Page<StoredDelivery>> {
  const chosen: z.output<S>[] = [];
  let last: string | undefined;
  let looked = 0;
  for await (const { item, position } of walk(table, listing, query.cursor)) {
    const entry = fromItem(schema, item);
    if (isWanted(entry, query)) chosen.push(entry);
    last = position;
    looked += 1;
    if (chosen.length === query.limit || looked === LOOKED_AT) break;
  }
  const items = await Promise.all(chosen.map(load));
  const leadsOn = items.length > 0 || looked === LOOKED_AT;
  return { items, ...(leadsOn && last !== undefined && { cursor: last }) };
}

const isWanted = ({ resourceId, agreementId, receivedAt }: DeliveryPointer, query: DeliveryQuery): boolean =>
  (query.receipt === undefined || receivedAt === undefined) &&
  (query.resourceId === undefined || resourceId === query.resourceId) &&
  (query.agreementId === undefined || agreementId === query.agreementId);
