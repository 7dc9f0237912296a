import type { ResourceHead } from '../../../../schemas/contracts/resources.ts';
import type { StoredUpload } from '../../../../schemas/stored/uploads.ts';
import type { Resources } from '../../../intake/ports.ts';
import { lateMark, markingLate } from '../catalog/late.ts';
import { readResourceHead, readResourceVersion } from '../catalog/resources.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';
import { readDataset } from './datasets.ts';

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

/**
 * An older snapshot never replaces a newer one, and no dataset version is given twice. From now on the resource is late
 * by the cycle of its newest definition, which has to be the one that was read.
 */
export function setDatasetVersion(
  table: Table,
  { resourceId, sequence }: StoredUpload,
  { datasetVersion, updateCycle, retiredAt }: ResourceHead,
  datasetAt: string,
): Write {
  const late = markingLate(retiredAt === undefined ? lateMark(updateCycle, datasetAt) : undefined);
  const set = ['datasetVersion = :next', 'committedSequence = :sequence', 'datasetAt = :at', ...late.set];
  const sameCycle = updateCycle === undefined ? 'attribute_not_exists(updateCycle)' : 'updateCycle = :cycle';
  return {
    Update: {
      TableName: table.name,
      Key: keyOf.resource(resourceId),
      UpdateExpression: `SET ${set.join(', ')}${late.remove.length > 0 ? ` REMOVE ${late.remove.join(', ')}` : ''}`,
      ConditionExpression: `datasetVersion = :read AND committedSequence < :sequence AND ${sameCycle}`,
      ExpressionAttributeValues: {
        ':next': datasetVersion + 1,
        ':read': datasetVersion,
        ':sequence': sequence,
        ':at': datasetAt,
        ...(updateCycle !== undefined && { ':cycle': updateCycle }),
        ...late.values,
      },
    },
  };
}
