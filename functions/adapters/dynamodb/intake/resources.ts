import type { StoredUpload } from '../../../../schemas/stored/uploads.ts';
import type { Resources } from '../../../intake/ports.ts';
import { agreementsOnResource } from '../agreements/read.ts';
import { readResourceHead, readResourceVersion } from '../catalog/resources.ts';
import { dynamoRepresentations } from '../datasets/representations.ts';
import { readDataset } from '../datasets/store.ts';
import { change } from '../table/change.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';

/** What intake reads of resources. */
export const intakeResources = (table: Table): Resources => ({
  head: (resourceId) => readResourceHead(table, resourceId),
  version: (resourceId, version) => readResourceVersion(table, resourceId, version),
  dataset: (resourceId, datasetVersion) => readDataset(table, resourceId, datasetVersion),
  represented: async (resourceId) =>
    (await dynamoRepresentations(table).list(resourceId)).flatMap((one) =>
      one.state === 'made' ? [one.datasetVersion] : [],
    ),
  agreements: (resourceId) => agreementsOnResource(table, resourceId),
});

export const setLastSequence = (table: Table, { resourceId, sequence }: StoredUpload, read: number): Write =>
  change(table, keyOf.resource(resourceId), {
    set: { lastSequence: sequence },
    when: '#lastSequence = :read',
    values: { read },
  });
