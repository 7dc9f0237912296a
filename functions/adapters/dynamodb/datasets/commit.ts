import type { NextVersion } from '../../../datasets/next-version.ts';
import { lateMark, markingLate } from '../catalog/late.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';
import { writeDataset } from './store.ts';

/** What puts a dataset version in force; for the transaction of whatever it is made of. */
export const commitVersion = (table: Table, next: NextVersion): readonly Write[] => [
  setDatasetVersion(table, next),
  writeDataset(table, next.dataset),
];

/**
 * An older snapshot never replaces a newer one, and no dataset version is given twice. From now on the resource is late
 * by the cycle of its newest definition, which has to be the one that was read.
 */
function setDatasetVersion(table: Table, { head, sequence, dataset }: NextVersion): Write {
  const { resourceId, datasetVersion, updateCycle, retiredAt } = head;
  const late = markingLate(retiredAt === undefined ? lateMark(updateCycle, dataset.committedAt) : undefined);
  const set = ['datasetVersion = :next', 'committedSequence = :sequence', 'datasetAt = :at', ...late.set];
  const sameCycle = updateCycle === undefined ? 'attribute_not_exists(updateCycle)' : 'updateCycle = :cycle';
  return {
    Update: {
      TableName: table.name,
      Key: keyOf.resource(resourceId),
      UpdateExpression: `SET ${set.join(', ')}${late.remove.length > 0 ? ` REMOVE ${late.remove.join(', ')}` : ''}`,
      ConditionExpression: `datasetVersion = :read AND committedSequence < :sequence AND ${sameCycle}`,
      ExpressionAttributeValues: {
        ':next': dataset.datasetVersion,
        ':read': datasetVersion,
        ':sequence': sequence,
        ':at': dataset.committedAt,
        ...(updateCycle !== undefined && { ':cycle': updateCycle }),
        ...late.values,
      },
    },
  };
}
