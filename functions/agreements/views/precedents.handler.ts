import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { ViewPorts } from './ports.ts';

/** What others were given is between them and the provider. */
export const precedentsHandler = ({ definitions, precedents }: ViewPorts) =>
  endpoint(routes.listPrecedents, async ({ caller, params: { resourceId }, query }) => {
    const resource = await definitions.latest(resourceId);
    if (!resource) return refuse('resource-not-found');
    if (resource.provider !== caller.department) return refuse('not-the-provider');
    const { items, ...more } = await precedents.onResource(resourceId, query);
    return done({ items: [...items], ...more });
  });
