import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { change, shownAgain } from './act.ts';
import { permit } from './domain/transitions.ts';
import { withdraw } from './domain/withdraw.ts';
import type { Ports } from './ports.ts';

export const withdrawHandler = (ports: Ports) =>
  endpoint(
    routes.withdrawDemand,
    (call) =>
      change(ports, call.params.demandId, 'demand-withdrawn', call, async ({ demand, state, standings }, at) => {
        const permitted = permit('withdraw', state, standings);
        return permitted.ok ? done(withdraw(demand, call.body.reason, at)) : permitted;
      }),
    shownAgain(ports),
  );
