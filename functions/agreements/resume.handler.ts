import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { resume } from './domain/suspend.ts';
import type { Ports } from './ports.ts';

export const resumeHandler = (ports: Ports) =>
  endpoint(
    routes.resumeAgreement,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        resume(agreement, call.caller, call.body.reason, ports.clock.now()),
      ),
    shownAgain(ports),
  );
