import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { cataloguedOf } from './catalogued.ts';
import { shownTo } from './domain/shown.ts';
import type { Ports } from './ports.ts';

export const readResourceHandler = ({ resources }: Ports) =>
  endpoint(routes.readResource, async ({ caller, params }) => {
    const standing = await resources.standing(params.resourceId);
    return standing ? done(shownTo(caller, cataloguedOf(standing))) : refuse('not-found');
  });
