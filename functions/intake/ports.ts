import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { DepartmentId, ResourceId, UploadId } from '../../schemas/contracts/ids.ts';
import type { Page, PageQuery } from '../../schemas/contracts/paging.ts';
import type { FieldQuality, Quality } from '../../schemas/contracts/quality.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { PartDeclaration, PresignedPut, UploadQuery } from '../../schemas/contracts/uploads.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { AttachmentDigest, StoredAttachment, WrittenAttachment } from '../../schemas/stored/attachments.ts';
import type { ResourceHead } from '../../schemas/stored/catalog.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import type { StoredSegment } from '../../schemas/stored/segments.ts';
import type { StoredUpload, UploadIn } from '../../schemas/stored/uploads.ts';
import type { AttachmentMacs } from '../datasets/attachments/references.ts';
import type { NextVersion } from '../datasets/next-version.ts';
import type { Hub, Timer } from '../kernel/ports.ts';

/**
 * What an upload must still be for a change to land. Every change of an upload moves its state, its epoch or its
 * lease (only `lookAgainAt` moves by itself, and may be lost), so a change decided on an older reading fails.
 */
export interface Fence {
  readonly state: StoredUpload['state'];
  readonly epoch: number;
  /** Left out where a lease that was renewed meanwhile does not matter. */
  readonly leaseUntil?: string | undefined;
}

interface Acceptance {
  /** The upload as accepted. */
  readonly upload: UploadIn<'accepted'>;
  readonly was: Fence;
  readonly next: NextVersion;
  readonly evidence: Evidence;
  readonly quality: Quality;
}

/** What goes along with a change of an upload, in one transaction. */
interface Along {
  readonly evidence?: Evidence;
  readonly answer?: StoredAnswer | undefined;
  readonly quality?: Quality | undefined;
}

/** An upload without a verdict, by its number among the uploads of its resource. */
export interface UnderWay {
  readonly sequence: number;
  readonly uploadId: UploadId;
}

export interface Uploads {
  /** Strongly consistent. */
  find(uploadId: UploadId): Promise<StoredUpload | undefined>;
  /** A provider's own, newest first; parts of multipart uploads are left out. */
  list(provider: DepartmentId, query: UploadQuery): Promise<Page<StoredUpload>>;
  /** Uploads whose time to be looked at has come, oldest first; candidates only. */
  dueBy(until: string, most: number): Promise<readonly UploadId[]>;
  /** Uploads of a resource without a verdict, all or those numbered between two others, lowest first; strongly consistent. */
  underWay(
    resourceId: ResourceId,
    between?: { readonly after: number; readonly before: number },
  ): AsyncIterable<UnderWay>;
  /** Takes the sequence number that the upload carries, the one after `lastSequence`; all or nothing. */
  announce(
    upload: StoredUpload,
    lastSequence: number,
    answer: StoredAnswer | undefined,
  ): Promise<'announced' | 'sequence-taken' | 'answered'>;
  /** Puts `next` in the place of what stands there, with what goes along in the same transaction; false where the fence does not hold. */
  replace(next: StoredUpload, was: Fence, along?: Along): Promise<boolean>;
  /** Upload, resource, dataset, quality and evidence in one transaction. */
  accept(acceptance: Acceptance): Promise<'accepted' | 'stale' | 'overtaken'>;
  /** Keeps the answer of a POST that had nothing left to change; false where there is one already. */
  keepAnswer(answer: StoredAnswer): Promise<boolean>;
}

export interface Resources {
  /** Strongly consistent. */
  head(resourceId: ResourceId): Promise<ResourceHead | undefined>;
  version(resourceId: ResourceId, version: number): Promise<ResourceVersion | undefined>;
  dataset(resourceId: ResourceId, datasetVersion: number): Promise<StoredDataset | undefined>;
  /** Dataset versions that can be looked up in and compared with. */
  represented(resourceId: ResourceId): Promise<readonly number[]>;
  /** All of a resource, whatever their state. */
  agreements(resourceId: ResourceId): AsyncIterable<Agreement>;
}

/** What is known of uploads that were read, and of the datasets that they made. */
export interface Qualities {
  /** Of a resource, newest first. */
  list(resourceId: ResourceId, page: PageQuery): Promise<Page<Quality>>;
  /** Adds the columns of the dataset that an upload made; false where it made no such dataset. Said again, nothing changes. */
  describe(
    upload: Pick<StoredUpload, 'resourceId' | 'sequence' | 'uploadId'>,
    fields: readonly FieldQuality[],
  ): Promise<boolean>;
}

export interface ObjectVersion {
  readonly versionId: string;
  readonly bytes: number;
}

/** A part that S3 holds. */
export interface SentPart extends PartDeclaration {
  readonly number: number;
  readonly eTag: string;
}

/** The intake bucket: what providers send. URLs live from `at` for an hour. */
export interface IntakeObjects {
  /** Puts a whole object there; a fault where S3 finds other bytes than the digest says. */
  put(key: string, content: Uint8Array, sha256: string): Promise<ObjectVersion>;
  putUrl(key: string, declared: PartDeclaration, at: string): Promise<PresignedPut>;
  partUrl(
    key: string,
    multipartId: string,
    number: number,
    declared: PartDeclaration,
    at: string,
  ): Promise<PresignedPut>;
  startMultipart(key: string): Promise<string>;
  /** The parts that arrived; undefined once the multipart upload is complete or aborted. */
  parts(key: string, multipartId: string): Promise<readonly SentPart[] | undefined>;
  /** Puts the parts together; undefined where that was done before, or aborted. */
  assemble(key: string, multipartId: string, parts: readonly SentPart[]): Promise<string | undefined>;
  abortMultipart(key: string, multipartId: string): Promise<void>;
  /** The newest version at a key. */
  find(key: string): Promise<ObjectVersion | undefined>;
  read(key: string, versionId: string): Promise<AsyncIterable<Uint8Array>>;
}

/** An object in the making: nobody sees it before `close`. */
export interface ObjectWriter {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<ObjectVersion>;
  abort(): Promise<void>;
}

/** The datasets bucket: what was checked, and what is told of what was not accepted. */
export interface CheckedObjects {
  /** A key is written once; closing a second object of the same key is a fault. */
  open(key: string): ObjectWriter;
  read(key: string, versionId: string): Promise<AsyncIterable<Uint8Array>>;
  /** That version for good; without one, whatever is visible at the key. */
  remove(key: string, versionId?: string): Promise<void>;
  url(key: string, seconds: number, at: string): Promise<string>;
}

export interface IntakeQueue {
  /** Has an upload, or one of its segments, looked at, so that no provider waits long for another's. */
  send(upload: StoredUpload, segment?: number): Promise<void>;
}

export interface UnnamedQueue {
  /** Has it looked which attachments of a resource no record names, in its provider's turn. */
  sendUnnamed(resource: Pick<ResourceHead, 'resourceId' | 'provider'>): Promise<void>;
}

/** Segments that have arrived, of uploads in segments; strongly consistent. */
export interface Segments {
  find(uploadId: UploadId, number: number): Promise<StoredSegment | undefined>;
  /** In their order. */
  list(uploadId: UploadId): Promise<readonly StoredSegment[]>;
  /** Puts `next` in the place of what stands there, or where nothing does if `was` is left out; false where that does not hold. */
  put(next: StoredSegment, was?: SegmentFence): Promise<boolean>;
}

/** What a segment must still be for a change to land; every change moves its state, its epoch or its lease. */
type SegmentFence = Pick<StoredSegment, 'state' | 'epoch'> & { readonly leaseUntil?: string | undefined };

/** Attachments as attempts at uploads have written them; strongly consistent. */
export interface Attachments {
  /** Before its object is begun: whatever becomes of the attempt, `ofUpload` tells of it. */
  begin(written: WrittenAttachment): Promise<void>;
  keep(attachment: StoredAttachment): Promise<void>;
  find(written: WrittenAttachment): Promise<StoredAttachment | undefined>;
  /** Of all attempts, those that were begun and not kept included. */
  ofUpload(uploadId: UploadId): AsyncIterable<WrittenAttachment>;
  /** Of one name, of all uploads, the newest announced first. */
  named(resourceId: ResourceId, digest: AttachmentDigest): Promise<readonly StoredAttachment[]>;
  /** Once its object is gone. */
  forget(written: WrittenAttachment): Promise<void>;
  /** Notes since when no dataset in force names it, or that one does; nothing where it is gone. */
  note(written: WrittenAttachment, unnamedSince: string | undefined): Promise<void>;
  /**
   * They are attachments no more, of which `ofUpload` still tells, with the evidence of it: all of them or none. False where one is not
   * as it is given, or the resource has another dataset, or another upload announced, than when it was read.
   */
  dispose(
    unnamed: readonly UnnamedAttachment[],
    read: Pick<ResourceHead, 'resourceId' | 'datasetVersion' | 'lastSequence'>,
    evidence: Evidence,
  ): Promise<boolean>;
}

export type UnnamedAttachment = WrittenAttachment & { readonly unnamedSince: string };

/** Resources of which it is to be looked which attachments no record names. */
export interface AttachmentMarks {
  due(until: string): AsyncIterable<ResourceId>;
  postpone(resourceId: ResourceId, lookAgainAt: string): Promise<void>;
}

/** All that intake's functions are given; each says which of it they use. */
export interface Intake extends Pick<Hub, 'clock' | 'ids' | 'log' | 'metrics'> {
  readonly uploads: Uploads;
  readonly segments: Segments;
  readonly resources: Resources;
  readonly qualities: Qualities;
  readonly objects: IntakeObjects;
  readonly checked: CheckedObjects;
  readonly attachments: Attachments;
  readonly attachmentMacs: AttachmentMacs;
  readonly queue: IntakeQueue;
  readonly timer: Timer;
}
