import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { SchemePorts } from './ports.ts';
import { schemeShown } from './shown.ts';

export const readSchemeHandler = (ports: SchemePorts) =>
  endpoint(routes.readScheme, async ({ caller, params }) => {
    const scheme = await schemeShown(ports, params.schemeId, caller);
    return scheme ? done(scheme) : refuse('not-found');
  });
