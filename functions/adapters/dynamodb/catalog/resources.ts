import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { Dataset, type ListedDataset, type ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import { HeadItem, VersionItem, type ResourceHead } from '../../../../schemas/stored/catalog.ts';
import type { StoredRepresentation } from '../../../../schemas/stored/datasets.ts';
import { projected } from '../../../../schemas/stored/loosened.ts';
import type { Resources, Standing } from '../../../catalog/ports.ts';
import { readRepresentation } from '../datasets/representations.ts';
import { newestDatasets } from '../datasets/store.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { consumedBy, isConsumer } from './consumers.ts';
import { endResource } from './ends.ts';
import { lateBy } from './late.ts';
import { publishVersion } from './publish.ts';
import { catalogReader } from './states.ts';

/** What is told of a dataset. */
const shown = projected(Dataset);

/** One on its way out is nobody's any more. */
function stateOf(one: StoredRepresentation): ListedDataset['representation'] {
  if (one.state === 'unfit') return { state: 'unfit', reason: one.reason };
  return one.state === 'dropping' ? undefined : { state: one.state };
}

/** What is newest of a resource, and whether it ended; strongly consistent. */
export async function readResourceHead(table: Table, id: ResourceId): Promise<ResourceHead | undefined> {
  const item = await readItem(table, keyOf.resource(id));
  return item && fromItem(HeadItem, item);
}

/** A published version; once there it never changes. */
export async function readResourceVersion(
  table: Table,
  id: ResourceId,
  version: number,
): Promise<ResourceVersion | undefined> {
  const item = await readItem(table, keyOf.resourceVersion(id, version));
  return item && fromItem(VersionItem, item);
}

export const readLatestVersion = async (table: Table, id: ResourceId): Promise<ResourceVersion | undefined> =>
  (await readStanding(table, id))?.latest;

/** The newest version of a resource and whether it ended (`retiredAt`); strongly consistent. */
async function readStanding(table: Table, id: ResourceId): Promise<Standing | undefined> {
  const head = await readResourceHead(table, id);
  const latest = head && (await readResourceVersion(table, id, head.latestVersion));
  if (!latest) return undefined;
  const { deprecation, retiredAt, retirement } = head;
  return { latest, deprecation, retiredAt, retirement };
}

export const dynamoResources = (table: Table): Resources => ({
  latest: (id) => readLatestVersion(table, id),
  standing: (id) => readStanding(table, id),
  head: (id) => readResourceHead(table, id),
  version: (id, version) => readResourceVersion(table, id, version),
  publish: (publication) =>
    publishVersion(table, publication, () => readResourceHead(table, publication.version.resourceId)),
  end: (end) => endResource(table, end),
  catalog: catalogReader(table),
  async datasets(id, page) {
    const { items, ...more } = await newestDatasets(table, id, page);
    const listed = items.map(async (dataset): Promise<ListedDataset> => {
      const representation = await readRepresentation(table, id, dataset.datasetVersion);
      return { ...shown.parse(dataset), ...(representation && { representation: stateOf(representation) }) };
    });
    return { items: await Promise.all(listed), ...more };
  },
  isConsumer: (id, department, day) => isConsumer(table, id, department, day),
  consumedBy: (department, day) => consumedBy(table, department, day),
  lateBy: (until) => lateBy(table, until),
});
