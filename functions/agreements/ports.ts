import type { Agreement, AgreementQuery, AgreementSummary, HistoryEntry } from '../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { AgreementId, DemandId, DepartmentId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Offer } from '../../schemas/contracts/offers.ts';
import type { Page, PageQuery } from '../../schemas/contracts/paging.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { BreakingMark } from '../../schemas/stored/catalog.ts';
import type { Hub, Log } from '../kernel/ports.ts';

/** One act on an agreement: what it is afterwards, and all that is committed with it. */
export interface Act {
  readonly agreement: Agreement;
  /** What its history has more than before. */
  readonly entries: readonly HistoryEntry[];
  /** One for each thing that was done: a proposal within a standing offer is accepted in the same act. */
  readonly evidence: readonly Evidence[];
  /** The standing offer that accepts it, as long as it stands. */
  readonly within?: Offer | undefined;
  /** Of an act that puts terms in force: the dataset that it says was the newest, and that still has to be. */
  readonly whileDataset?: number | undefined;
  /** What a repetition of the call is answered. */
  readonly answer: StoredAnswer | undefined;
  /** To whom it matters and who did not do it. */
  readonly messages: readonly OutgoingNotice[];
  /** When a date acts on the agreement next. */
  readonly nextTick: string | undefined;
  /** When to look at what is owed under it: at once, for an act fulfils duties and begins others. */
  readonly lookAtDuties: string;
  /** When to look whether the delivery side has reacted to what it must react to; an act that needs none asks for nothing. */
  readonly lookAgainAt: string | undefined;
}

/** An agreement, with what a replacement must name or take along. */
export interface Found {
  readonly value: Agreement;
  readonly revision: number;
  /** How many entries its history has, with those that `value` leaves out. */
  readonly entries: number;
  /** Of one from before, which said so itself: somebody has yet to react to an earlier act. */
  readonly lookAgainAt?: string | undefined;
}

/** `dataset-changed`: nobody acted on the agreement, but a dataset was committed since the newest was read. */
type Replaced = 'replaced' | 'changed' | 'dataset-changed';

export interface Agreements {
  /**
   * Strongly consistent; `revision` is what `replace` must name. Its history has what acts depend on: who did what, of acts
   * that come again and again the newest, but no comments and no words. So it is small, whatever was said.
   */
  find(id: AgreementId): Promise<Found | undefined>;
  /** With all that was said, as far as an answer can hold it; strongly consistent. */
  whole(id: AgreementId): Promise<Agreement | undefined>;
  /** Everything that was done and said, in its order; strongly consistent. */
  history(id: AgreementId, page: PageQuery): Promise<Page<HistoryEntry>>;
  /**
   * All of the act or nothing; false when the answer's key has been used meanwhile, the resource was retired, or the offer
   * that accepts it is another by now.
   */
  add(act: Act): Promise<boolean>;
  /** All of the act or nothing; `changed` when somebody else acted since `revision` was read, or the answer's key has been used. */
  replace(act: Act, revision: number): Promise<Replaced>;
  /** In order of proposal, strongly consistent. */
  listOf(party: DepartmentId, query: AgreementQuery): Promise<Page<AgreementSummary>>;
  /** In order of proposal; a moment behind the acts. */
  listAll(query: AgreementQuery): Promise<Page<AgreementSummary>>;
}

/** The catalog, as far as terms need it; strongly consistent. */
export interface Catalog {
  latest(id: ResourceId): Promise<ResourceVersion | undefined>;
  version(id: ResourceId, version: number): Promise<ResourceVersion | undefined>;
  /** What a version of a derived resource inherits of its sources on a day; of any other one nothing. */
  inherited(version: ResourceVersion, today: string): Promise<readonly InheritedTerms[]>;
  /** Takes no new agreements. */
  isRetired(id: ResourceId): Promise<boolean>;
}

/** What a resource's consumers get. */
export interface InForce {
  /** Number of a resource's newest dataset, 0 before the first; strongly consistent. */
  datasetOf(id: ResourceId): Promise<number>;
}

interface Demands {
  /** Whether a department has a demand of this id that still waits for an agreement on a resource; strongly consistent. */
  isOpenOf(id: DemandId, department: DepartmentId, resourceId: ResourceId): Promise<boolean>;
}

interface Offers {
  /** The standing offer on a resource; strongly consistent. */
  find(id: ResourceId): Promise<Offer | undefined>;
}

export interface Ports extends Pick<Hub, 'clock' | 'ids' | 'timeZone'> {
  readonly agreements: Agreements;
  readonly catalog: Catalog;
  readonly inForce: InForce;
  readonly demands: Demands;
  readonly offers: Offers;
}

/** Agreements on which a date acts by now, oldest first: candidates only. */
export interface Ticks {
  due(until: string): AsyncIterable<AgreementId>;
}

/** Resource versions that break agreements, or repair what an earlier one broke; these have yet to be told. */
export interface BreakingMarks {
  due(until: string): AsyncIterable<BreakingMark>;
  /** All of its agreements know. Nothing where that is known already. */
  forget(mark: BreakingMark): Promise<void>;
}

/** A department that takes no part any more, and since which day. */
export interface ClosedDepartment {
  readonly id: DepartmentId;
  readonly closed: string;
}

export interface ClockPorts extends Pick<Ports, 'clock' | 'ids' | 'timeZone'> {
  readonly agreements: Pick<Agreements, 'find' | 'replace' | 'whole' | 'listOf'>;
  readonly catalog: Pick<Catalog, 'latest' | 'version'>;
  readonly inForce: InForce;
  readonly ticks: Ticks;
  readonly breaking: BreakingMarks;
  /** Of the registry; also those whose last day is still to come. */
  readonly closed: readonly ClosedDepartment[];
  readonly log: Log;
}
