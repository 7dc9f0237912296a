import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { StoredRepresentation } from '../../../../schemas/stored/datasets.ts';
import type { Representations, Searchable } from '../../../lookup/ports.ts';
import { newestDatasetVersion, readDataset } from '../datasets/store.ts';
import { fromItem } from '../table/items.ts';
import { padded } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';

/** So many dataset versions are looked at, from the newest on, until one can be searched. */
const LOOK_BACK = 50;

export const dynamoRepresentations = (table: Table): Representations => ({
  async newest(id) {
    const newest = await newestDatasetVersion(table, id);
    for (let version = newest; version > Math.max(0, newest - LOOK_BACK); version--) {
      const found = await searchable(table, id, version);
      if (found) return found;
    }
    return undefined;
  },
  of: (id, version) => searchable(table, id, version),
});

async function searchable(table: Table, id: ResourceId, version: number): Promise<Searchable | undefined> {
  const [item, dataset] = await Promise.all([
    readItem(table, { pk: `RESOURCE#${id}`, sk: `REPRESENTATION#${padded(version)}` }),
    readDataset(table, id, version),
  ]);
  const representation = item && fromItem(StoredRepresentation, item);
  if (representation?.state !== 'made' || !dataset) return undefined;
  return { representation: { ...representation, state: 'made' }, resourceVersion: dataset.resourceVersion };
}
