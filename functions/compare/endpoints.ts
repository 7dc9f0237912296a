import type { Endpoint } from '../kernel/endpoint.ts';
import { announceComparison } from './announce.handler.ts';
import { cancelComparison } from './cancel-comparison.handler.ts';
import { decideComparison } from './decide-comparison.handler.ts';
import { listComparisons } from './list-comparisons.handler.ts';
import { readComparison } from './read-comparison.handler.ts';
import type { Compare } from './stores.ts';
import { endReconciliation } from './reconciliations/end-reconciliation.handler.ts';
import { listReconciliations } from './reconciliations/list-reconciliations.handler.ts';
import { orderReconciliation } from './reconciliations/order-reconciliation.handler.ts';
import type { ReconciliationPorts } from './reconciliations/ports.ts';
import { readReconciliation } from './reconciliations/read-reconciliation.handler.ts';
import { endWatch } from './watches/end-watch.handler.ts';
import { listWatches } from './watches/list-watches.handler.ts';
import { lodgeKeys } from './watches/lodge-keys.handler.ts';
import type { WatchPorts } from './watches/ports.ts';
import { readWatch } from './watches/read-watch.handler.ts';

/** The routes of this capability. */
export const compareEndpoints = (
  ports: Omit<
    Compare,
    | 'results'
    | 'staging'
    | 'engine'
    | 'attachmentMacs'
    | 'mailboxes'
    | 'deliveries'
    | 'timer'
    | 'warehouse'
    | 'mostBytesHere'
    | 'kept'
    | 'reconciliations'
  > &
    Pick<WatchPorts, 'watches'> &
    Pick<ReconciliationPorts, 'facts' | 'reconciliations'>,
): readonly Endpoint[] => [
  announceComparison(ports),
  listComparisons(ports),
  readComparison(ports),
  decideComparison(ports),
  cancelComparison(ports),
  lodgeKeys(ports),
  listWatches(ports),
  readWatch(ports),
  endWatch(ports),
  orderReconciliation(ports),
  listReconciliations(ports),
  readReconciliation(ports),
  endReconciliation(ports),
];
