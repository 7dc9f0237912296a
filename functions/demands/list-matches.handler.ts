import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { proposeMatches } from './domain/propose-matches.ts';
import { findDemand } from './found.ts';
import type { Ports } from './ports.ts';

export const listMatchesHandler = (ports: Ports) =>
  endpoint(routes.listMatches, async ({ params, query, caller }) => {
    const found = await findDemand(ports, params.demandId, caller);
    if (!found) return refuse('not-found');
    return done({ items: proposeMatches(found.demand, await ports.catalog.profiles(), query.limit) });
  });
