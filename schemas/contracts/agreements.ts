import * as z from 'zod';
import {
  AgreementId,
  CalendarDate,
  DemandId,
  DepartmentId,
  Instant,
  ResourceId,
  SchemeId,
  Sha256,
  VersionNumber,
} from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';
import { Terms } from './terms.ts';
import { Line, Paragraph } from './text.ts';

export const TermsVersion = z.strictObject({
  version: VersionNumber,
  /** The resource version that these terms speak of. */
  resourceVersion: VersionNumber,
  proposedBy: DepartmentId,
  proposedAt: Instant,
  digest: Sha256,
  terms: Terms,
});
export type TermsVersion = z.infer<typeof TermsVersion>;

/**
 * proposed, agreed, signed: negotiated for the first time · active: filed, and nobody suspends it · suspended: filed, and
 * somebody does · terminated, expired: over.
 */
export const AgreementState = z.enum(['proposed', 'agreed', 'signed', 'active', 'suspended', 'terminated', 'expired']);
export type AgreementState = z.infer<typeof AgreementState>;

export const AgreementAction = z.enum([
  'propose',
  'counter',
  'comment',
  'accept',
  'approve',
  'sign',
  'consent',
  'object',
  'file',
  'withdraw',
  'suspend',
  'resume',
  'terminate',
  'expire',
  'outdate',
  'restore',
  'dispute',
  'answer',
  'decide',
  'dispose',
]);
export type AgreementAction = z.infer<typeof AgreementAction>;

/** A department, or the hub itself where a clock acts. */
const Acting = z.union([DepartmentId, z.literal('hub')]);

/**
 * Who holds an agreement suspended. Each lifts only its own; what the hub holds since a department whose fields are granted
 * objects (`consent`), goes with the last objection.
 */
export const Holder = z.enum(['provider', 'consumer', 'authority', 'clock', 'consent']);
export type Holder = z.infer<typeof Holder>;

/** Words between the parties and the authority: of a reason, a comment, an answer, a decision. */
export const Words = Paragraph.min(1).max(2000);

export const HistoryEntry = z.strictObject({
  /** Its place in the history, from 1. */
  number: z.int().min(1).optional(),
  at: Instant,
  by: Acting,
  action: AgreementAction,
  termsVersion: VersionNumber.optional(),
  /** Of a newer version that breaks the terms in force, or that restores what they speak of. */
  resourceVersion: VersionNumber.optional(),
  filingNumber: z.string().optional(),
  /** Of a filing or the end of a suspension: the dataset that was in force at this act; 0 before the first. */
  datasetVersion: z.int().min(0).optional(),
  /** Of a suspension or its end. */
  holder: Holder.optional(),
  /** Why; of a comment, an answer or a decision what was said. */
  reason: z.string().optional(),
  /** Of an acceptance that a standing offer gave. */
  byOffer: z.literal(true).optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** The place of an entry in its history; of those from before places were written down by where it stands in the list. */
export const placeOf = ({ number }: HistoryEntry, index: number): number => number ?? index + 1;

/** One officer's yes where the registry asks a department for two before it has signed. */
export const Approval = z.strictObject({
  department: DepartmentId,
  /** For that department alone. */
  approver: z.string().max(200).optional(),
  at: Instant,
});
export type Approval = z.infer<typeof Approval>;

/** A department whose fields terms grant, and whether it consents to exactly these terms; asked once both parties agree. */
export const Consent = z.strictObject({
  department: DepartmentId,
  state: z.enum(['asked', 'given', 'refused']),
  /** When it was given or refused. */
  at: Instant.optional(),
});
export type Consent = z.infer<typeof Consent>;

/** Other terms that are negotiated while those in force stay in force, until the authority files them. */
export const Amendment = z.strictObject({
  state: z.enum(['proposed', 'agreed', 'signed']),
  termsVersion: VersionNumber,
  termsDigest: Sha256,
  resourceVersion: VersionNumber,
  signatures: z.array(DepartmentId),
  approvals: z.array(Approval),
  /** Of a derived resource: who has to consent before these terms are filed. */
  consents: z.array(Consent).default([]),
});
export type Amendment = z.infer<typeof Amendment>;

export const Suspension = z.strictObject({ holder: Holder, by: Acting, at: Instant, reason: z.string() });
export type Suspension = z.infer<typeof Suspension>;

/** open: the other party owes an answer · answered: the authority owes a decision · decided. */
export const Dispute = z.strictObject({
  state: z.enum(['open', 'answered', 'decided']),
  openedBy: DepartmentId,
  openedAt: Instant,
});
export type Dispute = z.infer<typeof Dispute>;

export const DisposalMethod = z.enum(['deleted', 'destroyed', 'returned', 'anonymised']);
export type DisposalMethod = z.infer<typeof DisposalMethod>;

/** Owed by the consumer once an agreement that was ever active is over. */
export const Disposal = z.strictObject({
  owedSince: CalendarDate,
  /** The last day: `retainDays` of the last terms in force after the end. */
  due: CalendarDate,
  statement: z
    .strictObject({ at: Instant, by: DepartmentId, method: DisposalMethod, disposedOn: CalendarDate, words: Words })
    .optional(),
});
export type Disposal = z.infer<typeof Disposal>;

/** A newer resource version breaks what the terms in force speak of, and no still newer one has repaired it. */
export const Outdated = z.strictObject({
  resourceVersion: VersionNumber,
  /** Fields of the terms that the newer version no longer gives as agreed. */
  fields: z.array(z.string()),
  /** The last day on which the old version is delivered; from the next on the clock suspends, until they fit again. */
  graceUntil: CalendarDate,
});
export type Outdated = z.infer<typeof Outdated>;

export const Agreement = z.strictObject({
  agreementId: AgreementId,
  resourceId: ResourceId,
  /** The resource version that the terms speak of; extracts keep to it. */
  resourceVersion: VersionNumber,
  provider: DepartmentId,
  consumer: DepartmentId,
  state: AgreementState,
  /** The terms in force, or under negotiation while nothing is. */
  termsVersion: VersionNumber,
  termsDigest: Sha256,
  terms: z.array(TermsVersion).min(1),
  /** Who has signed the terms version named above. */
  signatures: z.array(DepartmentId),
  approvals: z.array(Approval).default([]),
  consents: z.array(Consent).default([]),
  filingNumber: z.string().optional(),
  amendment: Amendment.optional(),
  suspensions: z.array(Suspension).default([]),
  dispute: Dispute.optional(),
  outdated: Outdated.optional(),
  disposal: Disposal.optional(),
  /** What it came from: a demand, a scheme of many proposals. */
  demandId: DemandId.optional(),
  scheme: SchemeId.optional(),
  history: z.array(HistoryEntry),
  /** `history` is longer than an answer can hold and begins later; its own list has all of it. */
  olderHistory: z.literal(true).optional(),
});
export type Agreement = z.infer<typeof Agreement>;

export const ProposeBody = z.strictObject({
  resourceId: ResourceId,
  /** Who is to have the data: the caller where it is left out, another department where the caller provides the resource. */
  consumer: DepartmentId.optional(),
  terms: Terms,
  /** The consumer's demand that this is to satisfy. */
  demandId: DemandId.optional(),
});
export const CounterBody = z.strictObject({ terms: Terms });
export const AcceptBody = z.strictObject({ termsVersion: VersionNumber });
export const SignBody = z.strictObject({ termsVersion: VersionNumber, termsDigest: Sha256 });
/** To the terms on the table, or to those in force: whichever has this number. */
export const ObjectBody = z.strictObject({ termsVersion: VersionNumber, reason: Words });
export const FileBody = z.strictObject({ filingNumber: Line.min(1).max(100) });
export const ReasonBody = z.strictObject({ reason: Words });
export const CommentBody = z.strictObject({ text: Words });
export const DisposalBody = z.strictObject({ method: DisposalMethod, disposedOn: CalendarDate, words: Words });

export const AgreementQuery = z.strictObject({
  ...PageQuery.shape,
  resourceId: ResourceId.optional(),
  state: AgreementState.optional(),
  scheme: SchemeId.optional(),
});
export type AgreementQuery = z.infer<typeof AgreementQuery>;

export const HistoryList = pageOf(HistoryEntry);

export const AgreementSummary = Agreement.omit({
  terms: true,
  history: true,
  olderHistory: true,
  signatures: true,
  approvals: true,
  consents: true,
  amendment: true,
  suspensions: true,
});
export type AgreementSummary = z.infer<typeof AgreementSummary>;
export const AgreementList = pageOf(AgreementSummary);
