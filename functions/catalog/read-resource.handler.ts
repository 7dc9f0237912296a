import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { done, refuse } from '../kernel/outcome.ts';
import type { Ports } from './ports.ts';

export const readResourceHandler = ({ resources }: Ports) =>
  endpoint(routes.readResource, async ({ params }) => {
    const version = await resources.latest(params.resourceId);
    return version ? done(version) : refuse('not-found');
  });
