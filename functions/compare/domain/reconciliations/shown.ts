import type { Evidence } from '../../../../schemas/contracts/evidence.ts';
import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import { Reconciliation } from '../../../../schemas/contracts/reconciliations.ts';
import { projected } from '../../../../schemas/stored/loosened.ts';
import type { StoredReconciliation } from '../../../../schemas/stored/reconciliations.ts';

const Shown = projected(Reconciliation);

/** An order as its reader sees it: what the list is stays its consumer's own. */
export function orderShownTo(
  { comparisonKind: kind, run, ...stored }: StoredReconciliation,
  reader: DepartmentId,
): Reconciliation {
  const order = Shown.parse({ ...stored, kind, ...(run && { lastRun: run.comparisonId }) });
  if (reader === stored.consumer) return order;
  const { list: _list, ...shown } = order;
  return shown;
}

/** What the evidence of an act on an order speaks of. */
export const orderSubject = (order: StoredReconciliation): Evidence['subject'] => {
  const { reconciliationId, agreementId, termsVersion, resourceId, provider, consumer, comparisonKind } = order;
  return { reconciliationId, agreementId, termsVersion, resourceId, provider, consumer, comparisonKind };
};
