import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { hasTaken } from '../domain/scheme.ts';
import { sign } from '../domain/steps/sign.ts';
import { signatoryOf } from '../signatory.ts';
import type { SchemePorts } from './ports.ts';
import { takeSteps } from './take-steps.ts';

export const signSchemeHandler = (ports: SchemePorts) =>
  endpoint(routes.signScheme, (call) =>
    takeSteps(ports, call, call.body.agreements, {
      isTaken: (agreement, named) => hasTaken(agreement, 'sign', call.caller, named),
      take: (agreement, named) => sign(agreement, signatoryOf(call.caller), named, ports.clock.now()),
    }),
  );
