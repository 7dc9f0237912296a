import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { seesAll } from '../reading/oversight.ts';
import { shownTo } from './domain/shown.ts';
import type { Compare } from './stores.ts';

/** A department's own; authority and auditor see all, unless they ask for what is theirs in a role. */
export const listComparisons = ({ comparisons }: Pick<Compare, 'comparisons'>) =>
  endpoint(routes.listComparisons, async ({ caller, query }) => {
    const { items, cursor } = await (seesAll(caller) && query.role === undefined
      ? comparisons.listAll(query)
      : comparisons.listOf(caller.department, query));
    return done({
      items: items.map((comparison) => shownTo(comparison, caller.department)),
      ...(cursor !== undefined && { cursor }),
    });
  });
