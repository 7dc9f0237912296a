import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { decide } from './domain/dispute.ts';
import type { Ports } from './ports.ts';

export const decideHandler = (ports: Ports) =>
  endpoint(
    routes.decideDispute,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        decide(agreement, call.caller, call.body.reason, ports.clock.now()),
      ),
    shownAgain(ports),
  );
