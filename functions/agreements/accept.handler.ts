import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { accept } from './domain/accept.ts';
import type { Ports } from './ports.ts';

export const acceptHandler = (ports: Ports) =>
  endpoint(
    routes.acceptAgreement,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        accept(agreement, call.caller, call.body, ports.clock.now()),
      ),
    shownAgain(ports),
  );
