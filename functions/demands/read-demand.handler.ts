import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { present } from './domain/progress.ts';
import { findDemand } from './found.ts';
import type { Ports } from './ports.ts';

export const readDemandHandler = (ports: Ports) =>
  endpoint(routes.readDemand, async ({ params, caller }) => {
    const found = await findDemand(ports, params.demandId, caller);
    if (!found) return refuse('not-found');
    const { demand, progress, standings } = found;
    return done(present(demand, progress, { department: caller.department, standings }));
  });
