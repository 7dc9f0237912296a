import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, momentOf, shownAgain } from './act.ts';
import { dispose } from './domain/dispose.ts';
import type { Ports } from './ports.ts';

export const disposeHandler = (ports: Ports) =>
  endpoint(
    routes.stateDisposal,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        dispose(agreement, call.caller, call.body, momentOf(ports)),
      ),
    shownAgain(ports),
  );
