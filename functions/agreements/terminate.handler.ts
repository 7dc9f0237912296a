import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, momentOf, shownAgain } from './act.ts';
import { terminate } from './domain/end.ts';
import type { Ports } from './ports.ts';

export const terminateHandler = (ports: Ports) =>
  endpoint(
    routes.terminateAgreement,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        terminate(agreement, call.caller, call.body.reason, momentOf(ports)),
      ),
    shownAgain(ports),
  );
