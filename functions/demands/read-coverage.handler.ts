import { routes } from '../../schemas/contracts/routes.ts';
import type { Need } from '../../schemas/contracts/themes.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import { inOrder } from '../kernel/each.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { dayIn } from '../kernel/time.ts';
import { seesAll } from '../reading/oversight.ts';
import { needOf, summaryOf, type Facts } from './domain/coverage.ts';
import { belongsTo } from './domain/standing.ts';
import type { Ports } from './ports.ts';

/** What belongs to a theme's members is nobody else's to know, the theme itself is everybody's. */
export const readCoverageHandler = (ports: Ports) =>
  endpoint(routes.readCoverage, async ({ params: { themeId }, caller }) => {
    const theme = await ports.themes.find(themeId);
    if (!theme || !(seesAll(caller) || belongsTo(theme.value, caller.department))) return refuse('not-found');
    const now = ports.clock.now();
    const items = await needs(ports, ports.demands.ofTheme(themeId), { now, today: dayIn(ports.timeZone, now) });
    return done({ themeId, asOf: now, summary: summaryOf(items), items });
  });

/** A theme has at most 1,000 demands, each of which costs some reads. */
const AT_ONCE = 25;

async function needs(
  ports: Ports,
  demands: AsyncIterable<StoredDemand>,
  moment: { readonly now: string; readonly today: string },
): Promise<Need[]> {
  const found: Need[] = [];
  for await (const [demand, facts] of inOrder(demands, AT_ONCE, (demand) => factsOf(ports, demand)))
    found.push(needOf(demand, facts, moment));
  return found;
}

async function factsOf({ sharing, catalog }: Ports, demand: StoredDemand): Promise<Facts> {
  if (!demand.match) return { progress: undefined, resource: undefined, dataset: undefined };
  const { resourceId } = demand.match;
  const [progress, resource, dataset] = await Promise.all([
    sharing.progressOf(demand),
    catalog.latest(resourceId),
    catalog.newestDataset(resourceId),
  ]);
  return { progress, resource, dataset };
}
