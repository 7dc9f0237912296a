import * as z from 'zod';
import { AgreementId, NoticeId, ResourceId, UploadId, VersionNumber } from './ids.ts';

/** Whose changes the router sees; whatever else is written wakes nobody. */
export const RoutedKind = z.enum(['dataset', 'resource-version', 'agreement', 'message', 'upload', 'upload-segment']);
export type RoutedKind = z.infer<typeof RoutedKind>;

/*
 * What was committed, in ids: `router` -> whoever reacts, at least once and in no order. It says where to look, never how
 * things are: that is in the table by the time somebody looks.
 */

const DatasetCommitted = z.strictObject({
  type: z.literal('dataset-committed'),
  resourceId: ResourceId,
  datasetVersion: VersionNumber,
});

/** What is in force of it: it was filed, amended, suspended, resumed, or is over. */
const AgreementChanged = z.strictObject({ type: z.literal('agreement-changed'), agreementId: AgreementId });

export const NoticeCommitted = z.strictObject({ type: z.literal('notice-committed'), noticeId: NoticeId });
export type NoticeCommitted = z.infer<typeof NoticeCommitted>;

/** It has its verdict, or is to be checked again. */
const UploadMoved = z.strictObject({
  type: z.enum(['upload-accepted', 'upload-refused', 'upload-set-back']),
  uploadId: UploadId,
});

const SegmentMoved = z.strictObject({
  type: z.enum(['segment-checked', 'segment-set-back']),
  uploadId: UploadId,
  segment: z.int().min(1),
});

/** It has another definition, or something of it was left undone. */
const ResourceMoved = z.strictObject({
  type: z.enum(['resource-published', 'resource-due']),
  resourceId: ResourceId,
});

export const DispatchEvent = z.discriminatedUnion('type', [DatasetCommitted, AgreementChanged]);
export type DispatchEvent = z.infer<typeof DispatchEvent>;

export const RepresentEvent = z.discriminatedUnion('type', [DatasetCommitted, ResourceMoved]);
export type RepresentEvent = z.infer<typeof RepresentEvent>;

/** Of what others are derived of, and what is derived. */
export const DeriveEvent = z.discriminatedUnion('type', [DatasetCommitted, AgreementChanged, ResourceMoved]);
export type DeriveEvent = z.infer<typeof DeriveEvent>;

export const FollowEvent = z.discriminatedUnion('type', [UploadMoved, SegmentMoved]);
export type FollowEvent = z.infer<typeof FollowEvent>;

/**
 * Who reacts, by the name of the function, and to what: each has a queue of its own, and an event goes into every queue
 * that takes it.
 */
export const reactions = {
  dispatch: DispatchEvent,
  notices: NoticeCommitted,
  'intake-follow': FollowEvent,
  represent: RepresentEvent,
  derive: DeriveEvent,
} as const;
export type Reaction = keyof typeof reactions;
export type TableEvent = z.infer<(typeof reactions)[Reaction]>;
