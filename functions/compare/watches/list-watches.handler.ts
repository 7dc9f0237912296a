import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done } from '../../kernel/outcome.ts';
import { seesAll } from '../../reading/oversight.ts';
import { watchShownTo } from '../domain/watches/shown.ts';
import type { WatchPorts } from './ports.ts';

/** A department's own; authority and auditor see all, unless they ask for what is theirs in a role. */
export const listWatches = ({ watches }: Pick<WatchPorts, 'watches'>) =>
  endpoint(routes.listWatches, async ({ caller, query }) => {
    const { items, cursor } = await (seesAll(caller) && query.role === undefined
      ? watches.listAll(query)
      : watches.listOf(caller.department, query));
    return done({
      items: items.map((watch) => watchShownTo(watch, caller.department)),
      ...(cursor !== undefined && { cursor }),
    });
  });
