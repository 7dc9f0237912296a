import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { ComparisonQuery } from '../../schemas/contracts/comparisons.ts';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type {
  AgreementId,
  ComparisonId,
  DeliveryId,
  DepartmentId,
  ExtractId,
  ReconciliationId,
  ResourceId,
} from '../../schemas/contracts/ids.ts';
import type { DeliveryNotice, OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import type { PresignedPut } from '../../schemas/contracts/uploads.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { ComparisonIn, SealedKey, StoredComparison } from '../../schemas/stored/comparisons.ts';
import type { DatasetObject, RestsOn, StoredDataset, StoredRepresentation } from '../../schemas/stored/datasets.ts';
import type { StoredDelivery, StoredExtract } from '../../schemas/stored/delivery.ts';
import type { ReconciliationIn, StoredReconciliation } from '../../schemas/stored/reconciliations.ts';
import type { AttachmentMacs } from '../datasets/attachments/references.ts';
import type { InheritedOn } from '../datasets/sources.ts';
import type { Hub, Revised, Timer } from '../kernel/ports.ts';
import type { Quota } from '../kernel/quota.ts';
import type { OwnAttempt } from './domain/begin.ts';
import type { Comparing } from './ports.ts';

/** What other capabilities wrote, read strongly. */
export interface Facts {
  agreement(id: AgreementId): Promise<Revised<Agreement> | undefined>;
  readonly inherited: InheritedOn;
  currentDataset(resourceId: ResourceId): Promise<StoredDataset | undefined>;
  dataset(resourceId: ResourceId, datasetVersion: number): Promise<StoredDataset | undefined>;
  representation(resourceId: ResourceId, datasetVersion: number): Promise<StoredRepresentation | undefined>;
  /** Throws where there is no such version. */
  definition(resourceId: ResourceId, resourceVersion: number): Promise<ResourceDefinition>;
  /** Resources that are, or were, derived of this one. */
  derivedOf(resourceId: ResourceId): Promise<readonly ResourceId[]>;
}

/** What goes along with a change of a comparison, in one transaction. */
export interface Along {
  readonly evidence?: Evidence;
  readonly notices?: readonly OutgoingNotice[];
  readonly answer?: StoredAnswer | undefined;
}

/** A result in the making is an attempt at an extract, found by its key whatever becomes of it. */
export interface ResultAttempt {
  readonly extractId: ExtractId;
  readonly key: string;
}

export interface Finish extends Along {
  readonly comparison: ComparisonIn<'done'>;
  readonly was: OwnAttempt;
  /** What was compared with rests on these. */
  readonly restsOn: readonly RestsOn[];
  /** Of a result that is told: the delivery, released, and the extract that it grants. */
  readonly result?: { readonly delivery: StoredDelivery; readonly extract: StoredExtract } | undefined;
  /** Of a run of a standing order: the order, which knows of the result from here on. */
  readonly order?: { readonly next: ReconciliationIn<'active'>; readonly was: ReconciliationIn<'active'> } | undefined;
}

export interface Comparisons {
  /** Strongly consistent. */
  find(id: ComparisonId): Promise<StoredComparison | undefined>;
  /** A department's own, as consumer and as provider, newest first; strongly consistent. */
  listOf(department: DepartmentId, query: ComparisonQuery): Promise<Page<StoredComparison>>;
  /** Everybody's, newest first. */
  listAll(query: ComparisonQuery): Promise<Page<StoredComparison>>;
  /** A new comparison, one run of the quota, on condition that the agreement is active at its terms. */
  announce(
    comparison: ComparisonIn<'awaiting'>,
    quota: Quota,
    along: Along,
  ): Promise<'announced' | 'quota-exceeded' | 'agreement-not-active' | 'answered'>;
  /**
   * Puts `next` in the place of `was`; false where that is not there any more. A run holds the representation that it
   * reads from its beginning to its end: counted in the same transaction.
   */
  replace(next: StoredComparison, was: StoredComparison | OwnAttempt, along?: Along): Promise<boolean>;
  /**
   * The comparison is done, and of a result that is told: delivery, extract, grant, the consumer's history and the evidence;
   * on condition that the agreement is active at these terms, those that the dataset rests on at theirs, and its order still as
   * it was. All or nothing.
   */
  finish(finish: Finish): Promise<'finished' | 'stale' | 'agreement-not-active'>;
  /** Those whose time to be looked at has come, oldest first; candidates only. */
  dueBy(until: string, most: number): Promise<readonly ComparisonId[]>;
}

export interface Results {
  /** Before its object is begun; marked, so that what it leaves behind is found. */
  begin(attempts: readonly ResultAttempt[], lookAgainAt: string): Promise<void>;
}

/** Keys of blind comparisons, sealed for as long as these have no end. */
export interface RunKeys {
  /** @param key base64. Sealed twice, it is sealed in another way. */
  seal(comparisonId: ComparisonId, key: string): Promise<SealedKey>;
  /** @throws where it is not what was sealed for this comparison */
  open(comparisonId: ComparisonId, sealed: SealedKey): Promise<Uint8Array>;
}

export interface ObjectVersion {
  readonly versionId: string;
  readonly bytes: number;
}

/** The lists, in the intake bucket. */
export interface ListObjects {
  putUrl(key: string, declared: { readonly bytes: number; readonly sha256: string }, at: string): Promise<PresignedPut>;
  /** A list that came in a call. */
  put(key: string, content: Uint8Array, sha256: string): Promise<ObjectVersion>;
  /** The newest version at a key. */
  find(key: string): Promise<ObjectVersion | undefined>;
  /** That version for good; without one, whatever is visible at the key. */
  remove(key: string, versionId?: string): Promise<void>;
}

/** What the hub keeps for a next time, and nobody else reads: watched keys, rows that were told. */
export interface KeptObjects {
  /** A new object, with the digest of what went into it. */
  put(key: string, path: string): Promise<DatasetObject>;
  fetch(object: DatasetObject, path: string): Promise<{ readonly sha256: string }>;
  /** That version for good. */
  remove(object: Pick<DatasetObject, 'key' | 'versionId'>): Promise<void>;
  /** Whatever stands at these keys. */
  discard(keys: readonly string[]): Promise<void>;
}

/** The standing orders that runs are of. */
export interface Orders {
  /** Strongly consistent. */
  find(id: ReconciliationId): Promise<StoredReconciliation | undefined>;
}

/** What a run has of the store's objects on its own disk. */
export interface Staging {
  /** An empty folder of the run's own. */
  folder(): Promise<{ readonly path: string; remove(): Promise<void> }>;
  /** A list, whole: what came. */
  list(key: string, versionId: string, path: string): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** A dataset, whole: the digest of each of its pieces is what came. */
  dataset(objects: readonly DatasetObject[], path: string): Promise<readonly { readonly sha256: string }[]>;
  /** A representation, whole. */
  representation(
    object: { readonly key: string; readonly versionId: string },
    path: string,
  ): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** Whether this version is what stands at its key, for whoever reads it by its place. */
  isInPlace(object: { readonly key: string; readonly versionId: string }): Promise<boolean>;
  /** Sends a result; nobody sees it before the comparison is done. */
  send(path: string, key: string): Promise<StoredExtract['object'] & { readonly bytes: number }>;
}

/** What is run where the representations lie, for those that no function's disk holds. */
export interface Warehouse {
  /** What its tables are called by. */
  readonly database: string;
  /** Puts a file of keys where the list of a place is looked for; what is there stays, since a query may be reading it. */
  stage(place: string, path: string): Promise<void>;
  /** Where queries write their rows, each in a folder by the name that they are fetched by. */
  readonly rowsAt: string;
  /** Starts a query, or finds the one that was started with this token. @returns its id; undefined where it is none that can run */
  start(query: {
    readonly token: string;
    readonly sql: string;
    readonly parameters: readonly string[];
  }): Promise<string | undefined>;
  stateOf(query: string): Promise<'running' | 'done' | 'failed'>;
  /** The rows that a query has written, as files of a folder. */
  fetch(rows: string, folder: string): Promise<readonly string[]>;
  /** All that lies at a place. */
  remove(place: string): Promise<void>;
}

export interface ComparisonQueue {
  /** Has a comparison run, so that no department waits long for another's. */
  send(comparison: ComparisonIn<'received' | 'running'>): Promise<void>;
}

/** What the notice of a result goes through, which is that of a delivery. */
export interface Mailboxes {
  send(consumer: DepartmentId, notice: DeliveryNotice): Promise<void>;
}

export interface Deliveries {
  /** The notice was sent: released becomes noticed, until its retention ends. */
  noticed(id: DeliveryId, retainedUntil: string): Promise<void>;
}

/** All that the capability's functions are given; each says which of it they use. */
export interface Compare extends Hub {
  readonly facts: Facts;
  readonly comparisons: Comparisons;
  readonly lists: ListObjects;
  readonly runKeys: RunKeys;
  readonly queue: ComparisonQueue;
  readonly results: Results;
  readonly staging: Staging;
  readonly engine: Comparing;
  readonly attachmentMacs: AttachmentMacs;
  readonly warehouse: Warehouse;
  /** Representations of more bytes are compared with in the warehouse. */
  readonly mostBytesHere: number;
  readonly mailboxes: Mailboxes;
  readonly deliveries: Deliveries;
  readonly timer: Timer;
  readonly reconciliations: Orders;
  /** Rows of results, as standing orders keep them. */
  readonly kept: KeptObjects;
}
