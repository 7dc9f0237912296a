import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { ReconciliationEnd } from '../../../../schemas/contracts/reconciliations.ts';
import type { ReconciliationIn, StoredReconciliation } from '../../../../schemas/stored/reconciliations.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { ActiveOrder } from './run.ts';

/** It runs no more; what the hub kept of its results is to be removed. */
export function orderEnded(order: ActiveOrder, end: ReconciliationEnd, finishedAt: string): ReconciliationIn<'ended'> {
  const { told, replaced, dueAt: _due, ...kept } = order;
  const left = told ? [{ key: told.object.key, versionId: told.object.versionId }] : [];
  return {
    ...kept,
    epoch: order.epoch + 1,
    state: 'ended',
    end,
    finishedAt,
    left: replaced ? [...left, replaced] : left,
  };
}

/** Its consumer needs no more of it; a run that is under way has no result. */
export function takenBack(
  order: StoredReconciliation,
  by: DepartmentId,
  at: string,
): Outcome<ReconciliationIn<'ended'>, 'not-the-consumer' | 'wrong-state'> {
  if (by !== order.consumer) return refuse('not-the-consumer');
  return order.state === 'active' ? done(orderEnded(order, 'consumer', at)) : refuse('wrong-state');
}
