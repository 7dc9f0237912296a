import type { NextVersion } from '../../../datasets/next-version.ts';
import { markLate } from '../catalog/late.ts';
import { carriedBefore } from '../table/due.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';
import { writeDataset } from './store.ts';

/** What puts a dataset version in force; for the transaction of whatever it is made of. */
export const commitVersion = (table: Table, next: NextVersion): readonly Write[] => [
  setDatasetVersion(table, next),
  ...markedLate(table, next),
  ...writeDataset(table, next.dataset),
];

/**
 * An older snapshot never replaces a newer one, and no dataset version is given twice. The cycle of the newest definition
 * has to be the one that was read: by it the resource is late from now on.
 */
function setDatasetVersion(table: Table, { head, sequence, dataset }: NextVersion): Write {
  const { resourceId, datasetVersion, updateCycle } = head;
  const sameCycle = updateCycle === undefined ? 'attribute_not_exists(updateCycle)' : 'updateCycle = :cycle';
  return {
    Update: {
      TableName: table.name,
      Key: keyOf.resource(resourceId),
      UpdateExpression: `SET datasetVersion = :next, committedSequence = :sequence, datasetAt = :at REMOVE ${carriedBefore.join(', ')}`,
      ConditionExpression: `datasetVersion = :read AND committedSequence < :sequence AND ${sameCycle}`,
      ExpressionAttributeValues: {
        ':next': dataset.datasetVersion,
        ':read': datasetVersion,
        ':sequence': sequence,
        ':at': dataset.committedAt,
        ...(updateCycle !== undefined && { ':cycle': updateCycle }),
      },
    },
  };
}

const markedLate = (table: Table, { head, dataset }: NextVersion): readonly Write[] =>
  head.retiredAt === undefined ? markLate(table, head, head.updateCycle, dataset.committedAt) : [];
