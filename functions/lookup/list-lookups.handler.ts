import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { seesAll } from '../reading/oversight.ts';
import { shownLookup } from './domain/shown.ts';
import type { Lookups } from './ports.ts';

/** A department's own, as consumer and as provider; all for overseers. */
export const listLookups = ({ lookups }: { readonly lookups: Pick<Lookups, 'listOf'> }) =>
  endpoint(routes.listLookups, async ({ caller, query }) => {
    const { items, cursor } = await lookups.listOf(seesAll(caller) ? 'all' : caller.department, query);
    return done({ items: items.map((lookup) => shownLookup(lookup, caller)), ...(cursor !== undefined && { cursor }) });
  });
