import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { dispute } from './domain/dispute.ts';
import type { Ports } from './ports.ts';

export const disputeHandler = (ports: Ports) =>
  endpoint(
    routes.openDispute,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        dispute(agreement, call.caller, call.body.reason, ports.clock.now()),
      ),
    shownAgain(ports),
  );
