import type { Endpoint } from '../kernel/endpoint.ts';
import { announceComparison } from './announce.handler.ts';
import { cancelComparison } from './cancel-comparison.handler.ts';
import { decideComparison } from './decide-comparison.handler.ts';
import { listComparisons } from './list-comparisons.handler.ts';
import { readComparison } from './read-comparison.handler.ts';
import type { Compare } from './stores.ts';

/** The routes of this capability. */
export const compareEndpoints = (
  ports: Omit<Compare, 'results' | 'staging' | 'engine' | 'mailboxes' | 'deliveries' | 'timer'>,
): readonly Endpoint[] => [
  announceComparison(ports),
  listComparisons(ports),
  readComparison(ports),
  decideComparison(ports),
  cancelComparison(ports),
];
