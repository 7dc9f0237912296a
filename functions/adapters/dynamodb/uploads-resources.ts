import type { ResourceHead } from '../../../schemas/contracts/resources.ts';
import type { StoredUpload } from '../../../schemas/contracts/uploads.ts';
import type { Resources } from '../../intake/ports.ts';
import { readDataset } from './datasets.ts';
import { keyOf } from './keys.ts';
import { readResourceHead, readResourceVersion } from './resources.ts';
import type { Table, Write } from './table.ts';

/** What intake reads of resources. */
export const intakeResources = (table: Table): Resources => ({
  head: (resourceId) => readResourceHead(table, resourceId),
  version: (resourceId, version) => readResourceVersion(table, resourceId, version),
  dataset: (resourceId, datasetVersion) => readDataset(table, resourceId, datasetVersion),
});

export const setLastSequence = (table: Table, { resourceId, sequence }: StoredUpload, lastSequence: number): Write => ({
  Update: {
    TableName: table.name,
    Key: keyOf.resource(resourceId),
    UpdateExpression: 'SET lastSequence = :next',
    ConditionExpression: 'lastSequence = :read',
    ExpressionAttributeValues: { ':next': sequence, ':read': lastSequence },
  },
});

/** An older snapshot never replaces a newer one, and no dataset version is given twice. */
export const setDatasetVersion = (table: Table, { resourceId, sequence }: StoredUpload, head: ResourceHead): Write => ({
  Update: {
    TableName: table.name,
    Key: keyOf.resource(resourceId),
    UpdateExpression: 'SET datasetVersion = :next, committedSequence = :sequence',
    ConditionExpression: 'datasetVersion = :read AND committedSequence < :sequence',
    ExpressionAttributeValues: {
      ':next': head.datasetVersion + 1,
      ':read': head.datasetVersion,
      ':sequence': sequence,
    },
  },
});
