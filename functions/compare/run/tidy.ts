import type { Ended } from '../domain/transitions.ts';
import type { Compare } from '../stores.ts';

/**
 * Removes the list that was sent for a comparison that has ended, then the mark that says so: what is cut off is taken up
 * again. A dataset stays.
 */
export async function tidy(
  { lists, comparisons, log }: Pick<Compare, 'lists' | 'comparisons' | 'log'>,
  ended: Ended,
): Promise<void> {
  if (ended.lookAgainAt === undefined) return;
  if (!ended.listOf) await lists.remove(ended.key, ended.object?.versionId);
  const { lookAgainAt: _mark, ...tidied } = ended;
  await comparisons.replace(tidied, ended);
  log.info('list removed', { comparisonId: ended.comparisonId });
}
