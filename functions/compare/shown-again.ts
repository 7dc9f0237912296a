import type { ComparisonId } from '../../schemas/contracts/ids.ts';
import type { Comparison } from '../../schemas/contracts/comparisons.ts';
import type { Reference } from '../../schemas/stored/answers.ts';
import type { Caller } from '../kernel/caller.ts';
import { Fault } from '../kernel/fault.ts';
import { done, type Outcome } from '../kernel/outcome.ts';
import { shownTo } from './domain/shown.ts';
import type { Compare } from './stores.ts';

/** What a repetition is answered: the comparison as it is by then. */
export const shownAgain =
  ({ comparisons }: Pick<Compare, 'comparisons'>) =>
  async ({ caller }: { readonly caller: Caller }, { comparisonId }: Reference): Promise<Outcome<Comparison, never>> => {
    const comparison = await comparisons.find(comparisonId as ComparisonId);
    if (!comparison) throw new Fault(`comparison ${comparisonId} is not there`);
    return done(shownTo(comparison, caller.department));
  };
