import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { refuse } from '../kernel/outcome.ts';
import { change, shownAgain } from './act.ts';
import { match } from './domain/match.ts';
import { permit } from './domain/transitions.ts';
import { findObtainable } from './found.ts';
import type { Ports } from './ports.ts';

type Refused = Exclude<keyof typeof routes.matchDemand.errors, 'changed-meanwhile'>;

export const matchHandler = (ports: Ports) =>
  endpoint(
    routes.matchDemand,
    (call) =>
      change<Refused>(ports, call.params.demandId, 'demand-matched', call, async ({ demand, state, standings }, at) => {
        const permitted = permit('match', state, standings);
        if (!permitted.ok) return permitted;
        const resource = await findObtainable(ports, call.body.resourceId);
        return resource ? match(demand, resource, call.caller.department, at) : refuse('resource-not-found');
      }),
    shownAgain(ports),
  );
