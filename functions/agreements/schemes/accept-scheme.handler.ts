import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { acceptNow } from '../accept-now.ts';
import { hasTaken } from '../domain/scheme.ts';
import type { SchemePorts } from './ports.ts';
import { takeSteps } from './take-steps.ts';

export const acceptSchemeHandler = (ports: SchemePorts) =>
  endpoint(routes.acceptScheme, (call) =>
    takeSteps(ports, call, call.body.agreements, {
      isTaken: (agreement, named) => hasTaken(agreement, 'accept', call.caller, named),
      take: (agreement, named) => acceptNow(ports, agreement, call.caller, named),
    }),
  );
