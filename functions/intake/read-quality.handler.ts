import { routes } from '../../schemas/contracts/routes.ts';
import type { Caller } from '../kernel/caller.ts';
import { endpoint } from '../kernel/http.ts';
import { done, refuse } from '../kernel/outcome.ts';
import type { Qualities, Resources } from './ports.ts';

interface Ports {
  readonly resources: Pick<Resources, 'head'>;
  readonly qualities: Qualities;
}

export const readQuality = ({ resources, qualities }: Ports) =>
  endpoint(routes.readQuality, async ({ caller, params: { resourceId }, query }) => {
    const head = await resources.head(resourceId);
    if (!head) return refuse('resource-not-found');
    if (head.provider !== caller.department && !oversees(caller)) return refuse('not-the-provider');
    const page = await qualities.list(resourceId, query);
    return done({ ...page, items: [...page.items] });
  });

const oversees = ({ roles }: Caller): boolean => roles.includes('authority') || roles.includes('auditor');
