import type { Quality } from '../../schemas/contracts/quality.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { seesAll } from '../reading/oversight.ts';
import type { Intake } from './ports.ts';

type Ports = Pick<Intake, 'resources' | 'qualities'>;

export const readQuality = ({ resources, qualities }: Ports) =>
  endpoint(routes.readQuality, async ({ caller, params: { resourceId }, query }) => {
    const head = await resources.head(resourceId);
    if (!head) return refuse('resource-not-found');
    const own = head.provider === caller.department;
    if (!own && !seesAll(caller)) return refuse('not-the-provider');
    const page = await qualities.list(resourceId, query);
    return done({ ...page, items: own ? [...page.items] : page.items.map(withoutValues) });
  });

/** Whoever watches over all sees figures and no data: the smallest and the largest value are values of records. */
const withoutValues = ({ fields, ...quality }: Quality): Quality => ({
  ...quality,
  ...(fields && { fields: fields.map(({ minimum: _min, maximum: _max, ...figures }) => figures) }),
});
