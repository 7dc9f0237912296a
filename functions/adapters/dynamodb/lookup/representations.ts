import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { Representations, Searchable } from '../../../lookup/ports.ts';
import { readRepresentation } from '../datasets/representations.ts';
import { newestDatasetVersion, readDataset } from '../datasets/store.ts';
import type { Table } from '../table/reads.ts';

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
  const [representation, dataset] = await Promise.all([
    readRepresentation(table, id, version),
    readDataset(table, id, version),
  ]);
  if (representation?.state !== 'made' || !dataset) return undefined;
  const { resourceId, resourceVersion, origin } = dataset;
  return { representation, resourceId, resourceVersion, origin };
}
