import * as z from 'zod';
import { HistoryEntry } from '../contracts/agreements.ts';
import { Evidence } from '../contracts/evidence.ts';
import {
  AgreementId,
  ComparisonId,
  CorrectionId,
  DeliveryId,
  DemandId,
  ExtractId,
  LookupId,
  ReconciliationId,
  ResourceId,
  WatchId,
} from '../contracts/ids.ts';
import { OutgoingNotice } from '../contracts/notices.ts';
import { Offer } from '../contracts/offers.ts';
import { Quality } from '../contracts/quality.ts';
import { ExchangeFigures } from '../contracts/reports.ts';
import { AgreementItem, AgreementPointer, PartyPointer, StoredScheme } from './agreements.ts';
import { StoredAnswer } from './answers.ts';
import { StoredAttachment, WrittenAttachment } from './attachments.ts';
import { BreakingMark, EntryItem, HeadItem, ResourceMark, VersionItem } from './catalog.ts';
import { StoredComparison, WaitingList } from './comparisons.ts';
import { RepresentationHold, StoredDataset, StoredRepresentation } from './datasets.ts';
import {
  AttemptItem,
  CorrectionPointer,
  DeliveryPointer,
  MailboxItem,
  StoredCorrection,
  StoredDelivery,
  StoredExtract,
  StoredReleasePlan,
} from './delivery.ts';
import { StoredDemand, ThemeItem } from './demands.ts';
import { LineageItem, StoredDerivation } from './derivations.ts';
import { DueItem } from './due.ts';
import { StoredDuties, StoredOwing, StoredWatch } from './duties.ts';
import { LookupPointer, StoredLookup, StoredOfficerDay } from './lookups.ts';
import { ReconciliationPointer, StoredReconciliation } from './reconciliations.ts';
import { StoredAsked, StoredBenefit, StoredUse } from './reports.ts';
import { StoredSegment } from './segments.ts';
import { StoredUpload, UnderWayItem } from './uploads.ts';
import { StoredKeyWatch, StoredWatched, WatchPointer } from './watches.ts';

/** What an item of each kind says beside its keys; where it stands, functions/adapters/dynamodb/table/keys.ts tells. */
export const storedKinds = {
  catalog: z.object({ catalogRevision: z.int() }),
  'catalog-change': z.object({ resourceId: ResourceId }),
  'catalog-entry': EntryItem,
  category: z.object({ lastNumber: z.int() }),
  due: DueItem,
  resource: HeadItem,
  'resource-version': VersionItem,
  lineage: LineageItem,
  derivation: StoredDerivation,
  'resource-mark': ResourceMark,
  breaking: BreakingMark,
  dataset: StoredDataset,
  representation: StoredRepresentation,
  'representation-hold': RepresentationHold,
  'upload-under-way': UnderWayItem,
  upload: StoredUpload,
  'upload-parts': z.object({ packed: z.instanceof(Uint8Array) }),
  'upload-segment': StoredSegment,
  quality: Quality,
  attachment: StoredAttachment,
  'attachment-written': WrittenAttachment,
  offer: Offer,
  agreement: AgreementItem,
  history: HistoryEntry,
  clock: z.object({ agreementId: AgreementId }),
  scheme: StoredScheme,
  duties: StoredWatch,
  owed: StoredDuties,
  owing: StoredOwing,
  claim: StoredOwing,
  theme: ThemeItem,
  demand: StoredDemand,
  /** Where something else is found, with what lists of it show or filter on. */
  pointer: z.union([
    z.object({ ...AgreementPointer.shape, ...PartyPointer.shape }),
    AgreementPointer,
    DeliveryPointer,
    CorrectionPointer,
    LookupPointer,
    z.object({ deliveryId: DeliveryId }),
    z.object({ correctionId: CorrectionId }),
    z.object({ lookupId: LookupId }),
    WaitingList,
    z.object({ comparisonId: ComparisonId }),
    WatchPointer,
    z.object({ watchId: WatchId }),
    ReconciliationPointer,
    z.object({ reconciliationId: ReconciliationId }),
    z.object({ demandId: DemandId }),
    z.object({ derived: ResourceId }),
  ]),
  'release-plan': StoredReleasePlan,
  delivery: StoredDelivery,
  mailbox: MailboxItem,
  extract: StoredExtract,
  'extract-attempt': AttemptItem,
  grant: z.object({ deliveryId: DeliveryId, extractId: ExtractId }),
  correction: StoredCorrection,
  lookup: StoredLookup,
  'officer-day': StoredOfficerDay,
  comparison: StoredComparison,
  'key-watch': StoredKeyWatch,
  watched: StoredWatched,
  reconciliation: StoredReconciliation,
  evidence: Evidence,
  counter: z.object(ExchangeFigures.partial().shape),
  usage: StoredUse,
  asked: StoredAsked,
  benefit: StoredBenefit,
  message: OutgoingNotice,
  answer: StoredAnswer,
  share: z.object({ usedUpTo: z.number() }),
  quota: z.object({ used: z.int() }),
} as const satisfies Readonly<Record<string, z.ZodType>>;
export type StoredKind = keyof typeof storedKinds;
