import { randomUUID } from 'node:crypto';
import type { ReconciliationId } from '../../../../schemas/contracts/ids.ts';
import type { StoredReconciliation } from '../../../../schemas/stored/reconciliations.ts';
import { mark } from '../table/due.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Item, Table } from '../table/reads.ts';
import { putFenced, type Write } from '../table/write.ts';

/** The list of all. */
export const ALL_ORDERS = 'RECONCILIATIONS';

/** When the sweeper looks at an order; a mark of its own each time. */
export const whenDue = (table: Table, reconciliationId: ReconciliationId, at: string): Write =>
  mark(table, 'reconciliation', keyOf.reconciliation(reconciliationId), { reconciliationId, state: randomUUID() }, at);

export const replaceOrder = (table: Table, next: StoredReconciliation, was: StoredReconciliation): Write =>
  putFenced(table, orderItem(next), { state: was.state, epoch: was.epoch });

export const orderItem = (order: StoredReconciliation): Item =>
  toItem('reconciliation', keyOf.reconciliation(order.reconciliationId), order, {
    list: { partition: ALL_ORDERS, position: order.reconciliationId },
  });
