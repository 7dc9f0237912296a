import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { dayIn } from '../kernel/time.ts';
import type { Ports } from './ports.ts';

/** How much data a resource has, and how often, is its provider's and its consumers' business only. */
export const listDatasetsHandler = ({ resources, clock, timeZone }: Ports) =>
  endpoint(routes.listDatasets, async ({ caller: { department }, params: { resourceId }, query }) => {
    const resource = await resources.latest(resourceId);
    if (!resource) return refuse('not-found');
    const permitted =
      resource.provider === department ||
      (await resources.isConsumer(resourceId, department, dayIn(timeZone, clock.now())));
    if (!permitted) return refuse('not-found');
    const { items, ...more } = await resources.datasets(resourceId, query);
    return done({ items: [...items], ...more });
  });
