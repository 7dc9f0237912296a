import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { withdraw } from './domain/withdraw.ts';
import type { Ports } from './ports.ts';

export const withdrawHandler = (ports: Ports) =>
  endpoint(
    routes.withdrawAmendment,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        withdraw(agreement, call.caller, call.body.reason, ports.clock.now()),
      ),
    shownAgain(ports),
  );
