import { isDeliveredOnly, type NextVersion } from '../../../datasets/next-version.ts';
import { markLate } from '../catalog/late.ts';
import { listNewsOf } from '../compare/watch-marks.ts';
import { change } from '../table/change.ts';
import { carriedBefore } from '../table/due.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';
import { markRepresent } from './represent-marks.ts';
import { writeDataset } from './store.ts';

/** What puts a dataset version in force; for the transaction of whatever it is made of. */
export const commitVersion = (table: Table, next: NextVersion): readonly Write[] => [
  setDatasetVersion(table, next),
  ...markedLate(table, next),
  ...writeDataset(table, next.dataset),
  ...represented(table, next),
  listNewsOf(table, next.dataset.resourceId, next.dataset.committedAt),
];

/** Whether it is to be represented is looked at later; not of what is only delivered. */
const represented = (table: Table, { head, dataset }: NextVersion): readonly Write[] =>
  isDeliveredOnly(head)
    ? []
    : [markRepresent(table, { ...dataset, resourceVersion: head.latestVersion }, dataset.committedAt)];

/**
 * An older snapshot never replaces a newer one, and no dataset version is given twice. The cycle of the newest definition
 * has to be the one that was read: by it the resource is late from now on. And what is said to be only delivered must not have been
 * offered for more meanwhile: whoever published that saw the dataset before.
 */
function setDatasetVersion(table: Table, { head, sequence, dataset }: NextVersion): Write {
  const { resourceId, datasetVersion, updateCycle, latestVersion } = head;
  const sameCycle = updateCycle === undefined ? 'attribute_not_exists(#updateCycle)' : '#updateCycle = :updateCycle';
  return change(table, keyOf.resource(resourceId), {
    set: { datasetVersion: dataset.datasetVersion, committedSequence: sequence, datasetAt: dataset.committedAt },
    remove: carriedBefore,
    when: `#datasetVersion = :read AND #committedSequence < :committedSequence AND ${sameCycle}${isDeliveredOnly(head) ? ' AND #latestVersion = :latestVersion' : ''}`,
    values: { read: datasetVersion, updateCycle, ...(isDeliveredOnly(head) && { latestVersion }) },
  });
}

const markedLate = (table: Table, { head, dataset }: NextVersion): readonly Write[] =>
  head.retiredAt === undefined ? markLate(table, head, head.updateCycle, dataset.committedAt) : [];
