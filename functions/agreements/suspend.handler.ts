import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { suspend } from './domain/suspend.ts';
import type { Ports } from './ports.ts';

export const suspendHandler = (ports: Ports) =>
  endpoint(
    routes.suspendAgreement,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        suspend(agreement, call.caller, call.body.reason, ports.clock.now()),
      ),
    shownAgain(ports),
  );
