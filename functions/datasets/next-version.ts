import type { ResourceHead } from '../../schemas/stored/catalog.ts';
import type { DatasetObject, Origin, StoredDataset } from '../../schemas/stored/datasets.ts';

/** Records that were checked and written; nothing refers to them before their version is committed. */
export interface Written {
  /** In the order of the file. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** One behind the other they are the bytes. */
  readonly objects: readonly DatasetObject[];
}

/** A dataset version about to be committed, in one transaction with whatever its origin has to say of it. */
export interface NextVersion {
  /** The resource as read: its dataset version must not have moved since. */
  readonly head: ResourceHead;
  /** Place in the order of what is announced for the resource; what has a later one and is in force stays in force. */
  readonly sequence: number;
  readonly dataset: StoredDataset;
}

interface Making {
  readonly origin: Origin;
  readonly sequence: number;
  /** The version that the records were checked against. */
  readonly resourceVersion: number;
  readonly written: Written;
}

/** Whether nothing of a resource is ever represented, as it stands. */
export const isDeliveredOnly = ({ deliveredOnly, latestVersion }: ResourceHead): boolean =>
  deliveredOnly === latestVersion;

/** The version after the one in force, whatever it is made of. */
export const nextVersion = (
  head: ResourceHead,
  { origin, sequence, resourceVersion, written: { columns, rows, bytes, sha256, objects } }: Making,
  committedAt: string,
): NextVersion => ({
  head,
  sequence,
  dataset: {
    resourceId: head.resourceId,
    datasetVersion: head.datasetVersion + 1,
    resourceVersion,
    ...('uploadId' in origin && { uploadId: origin.uploadId }),
    origin,
    provider: head.provider,
    rows,
    bytes,
    sha256,
    columns: [...columns],
    objects: [...objects],
    committedAt,
    ...(isDeliveredOnly(head) && { offered: 'for-deliveries' }),
  },
});
