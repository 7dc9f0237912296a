import { routes } from '../../schemas/contracts/routes.ts';
import { departments } from '../../schemas/registry/departments.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { Fault } from '../kernel/fault.ts';
import { done } from '../kernel/outcome.ts';
import { catalogOf, datasetOf } from './domain/dcat.ts';
import { search } from './domain/search.ts';
import type { CatalogState, Ports } from './ports.ts';

/** In order of resource id, without what is retired. */
export const readCatalogHandler = ({ resources }: Ports) =>
  endpoint(routes.readCatalog, async ({ query: { limit, cursor }, cursorAt }) => {
    const state = await resources.catalog();
    const page = search(state, { limit, cursor });
    const found = await Promise.all(page.items.map(({ resourceId }) => resources.standing(resourceId)));
    return done(
      catalogOf({
        datasets: found.flatMap((standing) => (standing ? [datasetOf(standing)] : [])),
        modified: modifiedAt(state),
        limit,
        position: page.cursor,
        next: page.cursor === undefined ? undefined : cursorAt(page.cursor),
        publisher: theAuthority(),
      }),
    );
  });

const modifiedAt = ({ entries }: CatalogState): string | undefined =>
  entries.reduce<string | undefined>(
    (latest, { summary }) => (latest !== undefined && latest >= summary.publishedAt ? latest : summary.publishedAt),
    undefined,
  );

function theAuthority() {
  const found = departments.find(({ roles, closed }) => roles.includes('authority') && closed === undefined);
  if (!found) throw new Fault('no department is the authority');
  return found;
}
