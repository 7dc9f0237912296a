import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/http.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { schemeFor } from '../domain/scheme.ts';
import { eachOf } from './each.ts';
import type { SchemePorts } from './ports.ts';

export const readSchemeHandler = ({ schemes, agreements }: SchemePorts) =>
  endpoint(routes.readScheme, async ({ caller, params }) => {
    const stored = await schemes.find(params.schemeId);
    if (!stored) return refuse('not-found');
    const found = await eachOf(stored.parts, async ({ agreementId }) => (await agreements.find(agreementId))?.value);
    const scheme = schemeFor(
      stored,
      found.filter((agreement) => agreement !== undefined),
      caller,
    );
    return scheme ? done(scheme) : refuse('not-found');
  });
