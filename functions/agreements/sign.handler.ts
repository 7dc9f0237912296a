import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { sign } from './domain/sign.ts';
import type { Ports } from './ports.ts';
import { signatoryOf } from './signatory.ts';

export const signHandler = (ports: Ports) =>
  endpoint(
    routes.signAgreement,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        sign(agreement, signatoryOf(call.caller), call.body, ports.clock.now()),
      ),
    shownAgain(ports),
  );
