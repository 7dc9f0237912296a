import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { demandsFor, listerOf, pageOf } from './listing.ts';
import type { Ports } from './ports.ts';

export const listDemandsHandler = (ports: Ports) =>
  endpoint(routes.listDemands, async ({ query, caller }) => {
    const lister = await listerOf(ports, caller);
    return done(await pageOf(ports, demandsFor(ports, query, lister), query, lister));
  });
