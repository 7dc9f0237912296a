import * as z from 'zod';
import { AgreementAction, AgreementState } from './agreements.ts';
import { ComparisonState } from './comparisons.ts';
import { CorrectionState } from './corrections.ts';
import { ChangeCounts, VoidReason } from './deliveries.ts';
import { DemandState } from './demands.ts';
import { RunReason } from './derivation-runs.ts';
import { DutyId } from './duties.ts';
import {
  AgreementId,
  CalendarDate,
  ComparisonId,
  CorrectionId,
  DeliveryId,
  DemandId,
  DepartmentId,
  Instant,
  NoticeId,
  ReconciliationId,
  ResourceId,
  Sha256,
  VersionNumber,
  WatchId,
} from './ids.ts';
import { ReconciliationEnd } from './reconciliations.ts';
import { DeliveryFormat } from './terms.ts';
import { Content } from './uploads.ts';
import { MOST_REFS, WatchEnd, WatchState } from './watches.ts';

/** What a consumer finds in its mailbox. Sent at least once; the same delivery always has the same `deliveryId`. */
export const DeliveryNotice = z.strictObject({
  type: z.literal('delivery'),
  deliveryId: DeliveryId,
  /** Of the result of a comparison, which is no copy of the resource. */
  comparisonId: ComparisonId.optional(),
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
  datasetVersion: VersionNumber,
  provider: DepartmentId,
  /** What the terms permit it to be used for. */
  purpose: z.string().optional(),
  content: Content,
  /** Of `changes`: apply them to this version of the consumer's copy, and to no other. */
  baseDatasetVersion: VersionNumber.optional(),
  format: DeliveryFormat,
  rows: z.int().min(0),
  changes: ChangeCounts.optional(),
  bytes: z.int().min(0),
  sha256: Sha256,
  releasedAt: Instant,
  contentPath: z.string(),
});
export type DeliveryNotice = z.infer<typeof DeliveryNotice>;

/** Of every other notice: which it is, when it happened, and where to read on. */
const told = { noticeId: NoticeId, at: Instant, path: z.string() };

/** Somebody took a step of an agreement, or a clock did. */
const AgreementStepped = z.strictObject({
  ...told,
  type: z.literal('agreement'),
  event: AgreementAction,
  /** Who did it; absent where a clock speaks. */
  by: DepartmentId.optional(),
  agreementId: AgreementId,
  termsVersion: VersionNumber.optional(),
  state: AgreementState,
  resourceId: ResourceId,
  /** Of a newer version that breaks the terms in force, or that restores what they speak of. */
  resourceVersion: VersionNumber.optional(),
  /** Of terms that a newer version breaks: the last day on which they can be amended. */
  due: CalendarDate.optional(),
});

/** Terms on a derived resource wait for the reader's consent, as they grant fields of its own. */
const ConsentAsked = z.strictObject({
  ...told,
  type: z.literal('agreement'),
  event: z.literal('consent-asked'),
  /** The provider of the derived resource. */
  by: DepartmentId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
});

const BenefitStated = z.strictObject({
  ...told,
  type: z.literal('agreement'),
  event: z.literal('benefit-stated'),
  by: DepartmentId,
  agreementId: AgreementId,
  resourceId: ResourceId,
});

const DemandMoved = z.strictObject({
  ...told,
  type: z.literal('demand'),
  event: z.enum(['stated', 'matched', 'declined', 'withdrawn']),
  by: DepartmentId,
  demandId: DemandId,
  state: DemandState.exclude(['negotiating', 'satisfied']),
  resourceId: ResourceId.optional(),
});

const ResourceEnds = z.strictObject({
  ...told,
  type: z.literal('resource'),
  event: z.enum(['deprecated', 'retired']),
  /** Absent where the hub did, on the day that was named. */
  by: DepartmentId.optional(),
  resourceId: ResourceId,
  /** The day on which it is retired. */
  due: CalendarDate.optional(),
});

/** Field names of one notice at most: a resource may have a thousand. */
export const MOST_FIELDS_TOLD = 100;

/** Of a derived resource: fields that an agreement grants are missing from now on, or there again. */
const FieldsMoved = z.strictObject({
  ...told,
  type: z.literal('resource'),
  event: z.enum(['fields-lost', 'fields-back']),
  agreementId: AgreementId,
  resourceId: ResourceId,
  /** Of a great many the first. */
  fields: z.array(z.string()).min(1).max(MOST_FIELDS_TOLD),
  /** How many there are beside those. */
  more: z.int().min(1).optional(),
});

/** To the owner of a derived resource: its last run made no version. */
const DerivationEnded = z.strictObject({
  ...told,
  type: z.literal('resource'),
  event: z.enum(['derivation-failed', 'derivation-stopped']),
  /** Why, without data. */
  state: RunReason,
  resourceId: ResourceId,
});

/** To the owner of a derived resource: after such runs one made what was to be made. */
const DerivationBack = z.strictObject({
  ...told,
  type: z.literal('resource'),
  event: z.literal('derivation-back'),
  resourceId: ResourceId,
});

/** What was planned can be written in no form: only another file or other terms help. */
const DeliveryVoid = z.strictObject({
  ...told,
  type: z.literal('resource'),
  event: z.literal('delivery-void'),
  state: VoidReason,
  deliveryId: DeliveryId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
});

const CorrectionMoved = z.strictObject({
  ...told,
  type: z.literal('correction'),
  event: z.enum(['reported', 'answered', 'closed']),
  /** Absent where new data closed it. */
  by: DepartmentId.optional(),
  correctionId: CorrectionId,
  state: CorrectionState,
  deliveryId: DeliveryId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
});

/** A result that is told is a delivery, with a notice of its own. */
const ComparisonMoved = z.strictObject({
  ...told,
  type: z.literal('comparison'),
  event: z.enum(['approval-asked', 'approved', 'declined', 'cancelled', 'withheld', 'refused', 'expired']),
  /** Absent where the hub did. */
  by: DepartmentId.optional(),
  comparisonId: ComparisonId,
  state: ComparisonState,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
});

const ofWatch = {
  ...told,
  watchId: WatchId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
};

/** Records of watched keys appeared, changed or went, as far as the terms let them be seen. */
const RecordsChanged = z.strictObject({
  ...ofWatch,
  type: z.literal('changed'),
  event: z.literal('records'),
  datasetVersion: VersionNumber,
  /** The keys, by their places on the list that was lodged, from 1; in their order, over all notices of a dataset. */
  refs: z.array(z.int().min(1)).min(1).max(MOST_REFS),
});

/** What became of a watch, but for what its consumer did itself. */
const WatchMoved = z.strictObject({
  ...ofWatch,
  type: z.literal('watch'),
  event: z.enum(['begun', 'refused', 'renewed', 'ended', 'expired']),
  state: WatchState,
  /** Of `ended`: why. */
  end: WatchEnd.optional(),
});

/** The hub has ended a standing order to compare. */
const ReconciliationMoved = z.strictObject({
  ...told,
  type: z.literal('reconciliation'),
  event: z.literal('ended'),
  reconciliationId: ReconciliationId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  /** Why. */
  end: ReconciliationEnd,
});

/** About an agreement or a demand: one of the two is there. */
const DutyDue = z.strictObject({
  ...told,
  type: z.literal('duty'),
  event: z.enum(['reminder', 'due', 'overdue', 'escalated']),
  duty: DutyId,
  /** Its last day. */
  due: CalendarDate,
  agreementId: AgreementId.optional(),
  demandId: DemandId.optional(),
  resourceId: ResourceId.optional(),
});

/**
 * Every other notice: something happened that its reader should know of, or is owed. It says what and where, in ids,
 * states and dates; words are behind `path`. Sent at least once; the same one always has the same `noticeId`.
 */
export const EventNotice = z.discriminatedUnion('type', [
  z.discriminatedUnion('event', [AgreementStepped, ConsentAsked, BenefitStated]),
  DemandMoved,
  z.discriminatedUnion('event', [ResourceEnds, FieldsMoved, DerivationEnded, DerivationBack, DeliveryVoid]),
  CorrectionMoved,
  ComparisonMoved,
  RecordsChanged,
  WatchMoved,
  ReconciliationMoved,
  DutyDue,
]);
export type EventNotice = z.infer<typeof EventNotice>;

/** What each type of notice may tell of. */
export type EventOf<Type extends EventNotice['type']> = Extract<EventNotice, { readonly type: Type }>['event'];

/** What can be taken of an event that a later hub tells of: that it happened, and where to read on. */
export const LaterNotice = z.object({
  ...told,
  type: z.enum([
    'agreement',
    'demand',
    'resource',
    'correction',
    'comparison',
    'changed',
    'watch',
    'reconciliation',
    'duty',
  ] satisfies EventNotice['type'][]),
  event: z.string().max(50),
  by: DepartmentId.optional(),
});
export type LaterNotice = z.infer<typeof LaterNotice>;

/** A notice on its way: committed with what it tells of, then sent, then forgotten. */
export const OutgoingNotice = z.strictObject({ to: DepartmentId, notice: EventNotice });
export type OutgoingNotice = z.infer<typeof OutgoingNotice>;
