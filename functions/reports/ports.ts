import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type {
  AgreementId,
  ComparisonId,
  DepartmentId,
  EvidenceId,
  LookupId,
  ResourceId,
} from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { StoredAsked, StoredBenefit, StoredUse } from '../../schemas/stored/reports.ts';
import type { Hub } from '../kernel/ports.ts';
import type { Batch } from './domain/batch.ts';
import type { Counter, Kept, Scope } from './domain/counter.ts';
import type { ResourceFacts } from './domain/counters.ts';
import type { AskedOnce } from './domain/rests-on.ts';

export interface Counters {
  /** Evidence that carries its mark, oldest first: candidates only, some may have been counted just now. */
  uncounted(until: string): AsyncIterable<Evidence>;
  /**
   * In one transaction: adds to every counter, every use and what was asked, and takes the marks away. Where some of the evidence carries
   * none (any more) nothing is added, and those are answered; an empty answer means that all of it was counted.
   */
  add(batch: Batch): Promise<readonly EvidenceId[]>;
  /** All counters of one scope, month and kind; strongly consistent. */
  of(scope: Scope, month: string, kept: Kept): Promise<readonly Counter[]>;
}

export interface Uses {
  /** Of one agreement, newest delivery first; strongly consistent. */
  of(id: AgreementId): AsyncIterable<StoredUse>;
  /** What was looked up and compared under an agreement, newest month first, or in one month; strongly consistent. */
  asked(id: AgreementId, month?: string): Promise<readonly StoredAsked[]>;
}

/** As much of an agreement as there is to count of it. */
type Standing = Pick<Agreement, 'state' | 'provider' | 'consumer'>;

/** Whose agreements: those of one party, or all. */
export type Party = DepartmentId | 'all';

export interface Agreements {
  /** Strongly consistent. */
  find(id: AgreementId): Promise<Agreement | undefined>;
  /** Every agreement, whatever its state. */
  standings(of: Party): AsyncIterable<Standing>;
  /** In order of proposal. */
  page(of: Party, page: { readonly limit: number; readonly cursor?: string | undefined }): Promise<Page<Agreement>>;
}

/** What a resource version says that figures are told apart by; undefined where there is no such version. */
export interface Catalog {
  facts(id: ResourceId, version: number): Promise<ResourceFacts | undefined>;
}

/** What other capabilities wrote, read strongly; undefined where it is not there, or not (yet) answered. */
export interface Answers {
  lookup(id: LookupId): Promise<AskedOnce | undefined>;
  comparison(id: ComparisonId): Promise<AskedOnce | undefined>;
}

interface BenefitAct {
  readonly benefit: StoredBenefit;
  readonly evidence: Evidence;
  readonly notices: readonly OutgoingNotice[];
  readonly answer: StoredAnswer | undefined;
}

export interface Benefits {
  /** Takes the place of what was stated for the same month; all of the act or nothing, false when the answer's key has been used meanwhile. */
  state(act: BenefitAct): Promise<boolean>;
  /** What was stated last for a month; strongly consistent. */
  find(id: AgreementId, month: string): Promise<StoredBenefit | undefined>;
  /** Of one agreement, newest month first; strongly consistent. */
  ofAgreement(
    id: AgreementId,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<StoredBenefit>>;
  /** Everybody's of one month; a moment behind the acts. */
  inMonth(month: string): Promise<readonly StoredBenefit[]>;
}

export interface CountPorts extends Pick<Hub, 'clock' | 'log' | 'timeZone'> {
  readonly counters: Counters;
  readonly catalog: Catalog;
}

export interface Ports extends Pick<Hub, 'clock' | 'ids' | 'timeZone'> {
  readonly counters: Pick<Counters, 'of'>;
  readonly uses: Uses;
  readonly agreements: Agreements;
  readonly catalog: Catalog;
  readonly benefits: Benefits;
  readonly answers: Answers;
  /** How many departments the registry has. */
  readonly departments: number;
}
