import { ComparisonId, WatchId, type DepartmentId, type ReconciliationId } from '../../../schemas/contracts/ids.ts';

/** Where a list arrives, in the intake bucket; the key names nothing but the consumer and the comparison. */
export const listKey = (consumer: DepartmentId, comparisonId: ComparisonId): string =>
  `lists/${consumer}/${comparisonId}`;

/** Where keys arrive that are to be watched. */
export const watchedListKey = (consumer: DepartmentId, watchId: WatchId): string =>
  `lists/${consumer}/watches/${watchId}`;

/** Where an attempt leaves watched keys with what is known of their records, in the datasets bucket. */
export const watchedKey = (watchId: WatchId, epoch: number): string => `watches/${watchId}/${epoch}`;

/** Where an attempt at a run of a standing order leaves the rows of its result, in the datasets bucket. */
export const toldKey = (reconciliationId: ReconciliationId, comparisonId: ComparisonId, epoch: number): string =>
  `reconciliations/${reconciliationId}/${comparisonId}/${epoch}`;

/** The comparison that a key in the intake bucket can belong to. */
export function comparisonIdOf(key: string): ComparisonId | undefined {
  const parsed = ComparisonId.safeParse(/^lists\/[^/]+\/([^/]+)$/.exec(key)?.[1]);
  return parsed.success ? parsed.data : undefined;
}

/** The watch whose keys can have come there. */
export function watchIdOf(key: string): WatchId | undefined {
  const parsed = WatchId.safeParse(/^lists\/[^/]+\/watches\/([^/]+)$/.exec(key)?.[1]);
  return parsed.success ? parsed.data : undefined;
}
