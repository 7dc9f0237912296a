import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { done } from '../kernel/outcome.ts';
import { matches } from './domain/search.ts';
import type { Ports } from './ports.ts';

export const listResourcesHandler = ({ resources }: Ports) =>
  endpoint(routes.listResources, async ({ query }) => {
    const { items, ...more } = await resources.search(query, (entry) => matches(entry, query));
    return done({ items: [...items], ...more });
  });
