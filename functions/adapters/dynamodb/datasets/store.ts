import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { Page, PageQuery } from '../../../../schemas/contracts/paging.ts';
import { StoredDataset } from '../../../../schemas/stored/datasets.ts';
import { after } from '../../../kernel/time.ts';
import { mark } from '../table/due.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { pageOf } from '../table/walk.ts';
import { onlyWhile, putNew, type Write } from '../table/write.ts';

/** Seconds after which a dataset that nobody planned deliveries for is looked at. */
const UNPLANNED_SECONDS = 60;

/** A new dataset version, marked as one whose deliveries are still to be planned. */
export function writeDataset(table: Table, dataset: StoredDataset): readonly Write[] {
  const key = keyOf.dataset(dataset.resourceId, dataset.datasetVersion);
  const at = after(dataset.committedAt, { seconds: UNPLANNED_SECONDS });
  return [putNew(table, toItem('dataset', key, dataset)), mark(table, 'dataset', key, dataset, at)];
}

/** Strongly consistent. */
export async function readDataset(
  table: Table,
  resourceId: ResourceId,
  datasetVersion: number,
): Promise<StoredDataset | undefined> {
  const item = await readItem(table, keyOf.dataset(resourceId, datasetVersion));
  return item && fromItem(StoredDataset, item);
}

/** Number of the dataset in force, 0 before the first, read after whatever was committed before the call. */
export async function newestDatasetVersion(table: Table, resourceId: ResourceId): Promise<number> {
  const version = (await readItem(table, keyOf.resource(resourceId)))?.['datasetVersion'];
  return typeof version === 'number' ? version : 0;
}

/** The dataset in force; undefined before the first. */
export async function newestDataset(table: Table, resourceId: ResourceId): Promise<StoredDataset | undefined> {
  const version = await newestDatasetVersion(table, resourceId);
  return version > 0 ? readDataset(table, resourceId, version) : undefined;
}

/** Serialises with the commit of the next dataset: whatever speaks of the newest one comes before it or is decided anew. */
export const whileNewest = (table: Table, resourceId: ResourceId, datasetVersion: number): Write =>
  onlyWhile(table, keyOf.resource(resourceId), 'attribute_not_exists(datasetVersion) OR datasetVersion = :newest', {
    ':newest': datasetVersion,
  });

/** Dataset versions of a resource, newest first. */
export const newestDatasets = (table: Table, resourceId: ResourceId, page: PageQuery): Promise<Page<StoredDataset>> =>
  pageOf(table, { from: { pk: keyOf.resource(resourceId).pk, prefix: 'DATASET#' }, newestFirst: true }, page, (item) =>
    fromItem(StoredDataset, item),
  );
