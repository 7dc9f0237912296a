import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { change, shownAgain } from './act.ts';
import { decline } from './domain/decline.ts';
import { permit } from './domain/transitions.ts';
import type { Ports } from './ports.ts';

export const declineHandler = (ports: Ports) =>
  endpoint(
    routes.declineDemand,
    (call) =>
      change(ports, call.params.demandId, 'demand-declined', call, async ({ demand, state, standings }, at) => {
        const permitted = permit('decline', state, standings);
        return permitted.ok ? decline(demand, call.caller.department, call.body.reason, at) : permitted;
      }),
    shownAgain(ports),
  );
