import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { CorrectionQuery } from '../../schemas/contracts/corrections.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { DeliveryQuery, VoidReason } from '../../schemas/contracts/deliveries.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type {
  AgreementId,
  CorrectionId,
  DeliveryId,
  DepartmentId,
  ExtractId,
  ResourceId,
} from '../../schemas/contracts/ids.ts';
import type { DeliveryNotice, OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { RestsOn, StoredDataset } from '../../schemas/stored/datasets.ts';
import type {
  StoredCorrection,
  StoredDelivery,
  StoredExtract,
  StoredReleasePlan,
} from '../../schemas/stored/delivery.ts';
import type { InheritedOn } from '../datasets/sources.ts';
import type { Revised } from '../kernel/ports.ts';
import type { Work } from './domain/work.ts';

/** What other capabilities wrote, read strongly: a decision made after a commit sees it. */
export interface Facts {
  agreement(id: AgreementId): Promise<Revised<Agreement> | undefined>;
  agreementsOn(resourceId: ResourceId): Promise<readonly Agreement[]>;
  readonly inherited: InheritedOn;
  dataset(resourceId: ResourceId, datasetVersion: number): Promise<StoredDataset | undefined>;
  currentDataset(resourceId: ResourceId): Promise<StoredDataset | undefined>;
  /** The newest dataset that was committed at or before an instant. */
  newestDataset(resourceId: ResourceId, upTo: string): Promise<StoredDataset | undefined>;
  /** Throws where there is no such version. */
  schema(resourceId: ResourceId, resourceVersion: number): Promise<TableSchema>;
}

/** "Somebody must react": set with a dataset's commit, and where an agreement comes into force, is suspended or ends; removed once it was done. */
export type Mark =
  | { readonly kind: 'dataset'; readonly resourceId: ResourceId; readonly datasetVersion: number }
  | { readonly kind: 'agreement'; readonly agreementId: AgreementId };

export interface Marks {
  due(kind: Mark['kind'], until: string): AsyncIterable<Mark>;
  clearDataset(resourceId: ResourceId, datasetVersion: number): Promise<void>;
  /** Leaves the mark where the agreement has changed since `revision` was read. */
  clearAgreement(id: AgreementId, revision: number): Promise<void>;
  /** Looks at it later, if it is still marked. */
  postpone(mark: Mark, lookAgainAt: string): Promise<void>;
}

export type Release = 'released' | 'not-planned' | 'agreement-not-active' | 'extract-gone';

/** By what a delivery is found. */
export type DueDelivery = Pick<StoredDelivery, 'deliveryId'>;

export interface Deliveries {
  find(id: DeliveryId): Promise<StoredDelivery | undefined>;
  /** Stores those that are new, each with its place among its agreement's deliveries; leaves the others as they are. */
  plan(deliveries: readonly StoredDelivery[]): Promise<void>;
  /**
   * In one transaction: planned becomes released, the extract is granted, the consumer's history grows by one and
   * the evidence says so; on condition that the agreement is active at this terms version, as are those that the dataset
   * rests on at theirs, and the extract is there.
   */
  release(released: StoredDelivery, evidence: Evidence, restsOn?: readonly RestsOn[]): Promise<Release>;
  /** Planned becomes void; false where it is no longer planned. */
  annul(id: DeliveryId, reason: VoidReason, notices?: readonly OutgoingNotice[]): Promise<boolean>;
  /**
   * Released becomes noticed; from now on it is marked for the end of its retention, unless its grant was taken back
   * meanwhile. Nothing where it is not released.
   */
  noticed(id: DeliveryId, retainedUntil: string): Promise<void>;
  /** Takes the grant back, and with it the mark: neither notice nor retention is owed any more. The history stays. Nothing where there is no grant (any more). */
  withdraw(delivery: StoredDelivery): Promise<void>;
  /** Noticed ones whose retention is over by then: candidates only. */
  retained(until: string): AsyncIterable<DueDelivery>;
  /**
   * In one transaction: the grant is taken back, the delivery says since when, and the evidence says so. The mark stays
   * until the extract is seen to. False where the grant was taken back before.
   */
  endRetention(delivery: StoredDelivery, endedAt: string, evidence: Evidence): Promise<boolean>;
  /** A noticed delivery need not be looked at any more. */
  unmark(id: DeliveryId): Promise<void>;
  /** The first receipt, its evidence and the answer; false where there is one or the answer was given meanwhile. */
  receive(
    delivery: StoredDelivery,
    receivedAt: string,
    evidence: Evidence,
    answer: StoredAnswer | undefined,
  ): Promise<boolean>;
  /** Keeps the answer of a call that had nothing to change. */
  remember(answer: StoredAnswer | undefined): Promise<void>;
  /** The evidence of a request for content, on condition that the delivery is granted and its agreement is active; false where not. */
  request(delivery: StoredDelivery, evidence: Evidence, restsOn?: readonly RestsOn[]): Promise<boolean>;
  ofAgreement(id: AgreementId): AsyncIterable<StoredDelivery>;
  /** Planned or released ones whose time to be looked at has come: candidates only. */
  due(until: string): AsyncIterable<DueDelivery>;
  /** Nothing of it is to be delivered: whoever saw to that, another version of the hub perhaps, left its mark. */
  lookNoMore(delivery: DueDelivery): Promise<void>;
  /** Looks at it later, if it is still in this state. */
  postpone(delivery: StoredDelivery, lookAgainAt: string): Promise<void>;
  /** A consumer's history in order of release, strongly consistent; with a cursor wherever an item was looked at. */
  history(consumer: DepartmentId, query: DeliveryQuery): Promise<Page<StoredDelivery>>;
  /** What went out of a provider's resources, by time. */
  provided(provider: DepartmentId, query: DeliveryQuery): Promise<Page<StoredDelivery>>;
}

/** One try at writing an extract, known before its object is begun: whatever it leaves behind can be found. */
export interface ExtractAttempt {
  readonly extractId: ExtractId;
  /** The key of its object, which no other attempt has. */
  readonly key: string;
}

/** What the sweeper should look at: an extract that nobody was granted yet, or an attempt that was not ended. */
export type ExtractMark =
  | { readonly kind: 'extract'; readonly extractId: ExtractId }
  | { readonly kind: 'attempt'; readonly attempt: ExtractAttempt };

export interface Extracts {
  find(id: ExtractId): Promise<StoredExtract | undefined>;
  /** Before any of their objects is begun; marked. */
  begin(attempts: readonly ExtractAttempt[], lookAgainAt: string): Promise<void>;
  /** Ends the attempt whose object this is: it is the extract, marked until it is granted. False where another was first, or this one was given up. */
  keep(extract: StoredExtract, lookAgainAt: string): Promise<boolean>;
  /** From now on it cannot be kept; false where it has been, or has ended. */
  giveUp(attempt: ExtractAttempt): Promise<boolean>;
  /** Nothing is left of its object. */
  end(attempt: ExtractAttempt): Promise<void>;
  /** Marks whose time has come, oldest first; candidates only. */
  due(until: string): AsyncIterable<ExtractMark>;
  /** Looks at it later, if it is still marked. */
  postpone(mark: ExtractMark, lookAgainAt: string): Promise<void>;
  /** Ready and ungranted, or on its way out already: then it is `deleting` and returned. */
  startDropping(id: ExtractId): Promise<StoredExtract | undefined>;
  /** Removes what `startDropping` returned; nothing where it is gone. */
  forget(extract: StoredExtract): Promise<void>;
}

/** The frame of an object in the making. */
export interface ExtractWriter {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<{ readonly key: string; readonly versionId: string; readonly bytes: number }>;
  abort(): Promise<void>;
}

export type ObjectVersion = StoredExtract['object'];

export interface ExtractObjects {
  dataset(object: ObjectVersion): Promise<AsyncIterable<Uint8Array>>;
  open(key: string): ExtractWriter;
  /** For good; nothing where it is gone. */
  remove(object: ObjectVersion): Promise<void>;
  /** Whatever is at a key that no extract names. */
  discard(key: string): Promise<void>;
  /** A URL of exactly this version that lives so many seconds from `at`. */
  url(object: ObjectVersion, seconds: number, at: string): Promise<string>;
}

/** What an agreement waits for: a moment of its frequency, or its first day (`opening`). */
export type ReleasePlan = StoredReleasePlan;

export interface ReleasePlans {
  /** Strongly consistent. */
  find(id: AgreementId): Promise<ReleasePlan | undefined>;
  due(until: string): AsyncIterable<ReleasePlan>;
  /** The agreement's first plan, with the delivery that goes out at once; false where it has one. */
  begin(plan: ReleasePlan, delivery: StoredDelivery | undefined): Promise<boolean>;
  /**
   * From one moment or activation to the next, or to none, with the delivery of the moment; false where somebody else
   * moved it since it was read.
   */
  advance(plan: ReleasePlan, next: ReleasePlan | undefined, delivery: StoredDelivery | undefined): Promise<boolean>;
  end(id: AgreementId): Promise<void>;
}

/** One act on a correction: what it is afterwards, the proof, whom it is told, and what a repetition of the call is answered. */
export interface CorrectionAct {
  readonly correction: StoredCorrection;
  readonly evidence: Evidence;
  readonly notices: readonly OutgoingNotice[];
  readonly answer: StoredAnswer | undefined;
}

export interface Corrections {
  /** Strongly consistent; `revision` is what `replace` must name. */
  find(id: CorrectionId): Promise<Revised<StoredCorrection> | undefined>;
  /** All of the act or nothing; false when the answer's key has been used meanwhile. */
  report(act: CorrectionAct): Promise<boolean>;
  /** All of the act or nothing; false when somebody else acted since `revision` was read. */
  replace(act: CorrectionAct, revision: number): Promise<boolean>;
  /** Those of a resource that wait for an upload which corrects them; strongly consistent. */
  awaiting(resourceId: ResourceId): AsyncIterable<CorrectionId>;
  /** A department's own, reported or received, in order of report; strongly consistent. */
  listOf(department: DepartmentId, query: CorrectionQuery): Promise<Page<StoredCorrection>>;
}

export interface WorkQueue {
  send(work: Work): Promise<void>;
}

export interface Mailboxes {
  send(consumer: DepartmentId, notice: DeliveryNotice): Promise<void>;
}
