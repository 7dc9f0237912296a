import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayRead } from '../reading/oversight.ts';
import { shownTo } from './domain/shown.ts';
import type { Compare } from './stores.ts';

export const readComparison = ({ comparisons }: Pick<Compare, 'comparisons'>) =>
  endpoint(routes.readComparison, async ({ caller, params }) => {
    const comparison = await comparisons.find(params.comparisonId);
    return comparison && mayRead(comparison, caller)
      ? done(shownTo(comparison, caller.department))
      : refuse('not-found');
  });
