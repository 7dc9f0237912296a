import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { search } from './domain/search.ts';
import type { Ports } from './ports.ts';

export const listResourcesHandler = ({ resources }: Ports) =>
  endpoint(routes.listResources, async ({ query }) => {
    const { items, ...more } = search(await resources.catalog(), query);
    return done({ items: [...items], ...more });
  });
