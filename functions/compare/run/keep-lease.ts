import type { ComparisonProgress } from '../../../schemas/contracts/comparisons.ts';
import { traceOf } from '../../kernel/about.ts';
import { holdLeaseOn, LeaseLost, type Lease } from '../../kernel/hold-lease.ts';
import { ownAttempt, renewed, type Running } from '../domain/begin.ts';
import type { Compare } from '../stores.ts';

/** A run's lease, which tells with each renewal how far the run has come, and ends the run where somebody else has it. */
export interface RunLease extends Lease {
  readonly signal: AbortSignal;
  readonly progress: (stage: ComparisonProgress['stage'], records?: number) => void;
}

export function keepLease(ports: Pick<Compare, 'comparisons' | 'timer' | 'clock' | 'log'>, running: Running): RunLease {
  const abort = new AbortController();
  let said: ComparisonProgress | undefined;
  const lease = holdLeaseOn(ports, running, traceOf(running), {
    renewed: (current, now) => renewed(current, now, said),
    replace: (next) => ports.comparisons.replace(next, ownAttempt(running)),
    lost: () => abort.abort(new LeaseLost()),
  });
  return {
    ...lease,
    signal: abort.signal,
    progress: (stage, records) => (said = { stage, ...(records !== undefined && { records }) }),
  };
}
