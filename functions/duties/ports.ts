import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { ShareType, UpdateCycle } from '../../schemas/contracts/definition.ts';
import type { DutyId, Matter } from '../../schemas/contracts/duties.ts';
import type { AgreementId, DemandId, DepartmentId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import type { StoredDuties, StoredOwing, StoredWatch } from '../../schemas/stored/duties.ts';
import type { Hub, Revised } from '../kernel/ports.ts';
import type { ListWaiting } from './domain/agreement-case.ts';

/** Where in a consumer's history of deliveries the first is that waits for its receipt. */
export interface Unreceived {
  /** When that one was released; undefined where none waits. */
  readonly since: string | undefined;
  /** Up to this position none waits. */
  readonly upTo: number;
}

/** What other capabilities wrote, read strongly. */
export interface Facts {
  agreement(id: AgreementId): Promise<Agreement | undefined>;
  demand(id: DemandId): Promise<StoredDemand | undefined>;
  /** Of a resource version. Throws where there is none. */
  resource(
    id: ResourceId,
    version: number,
  ): Promise<{ readonly shareType: ShareType; readonly updateCycle: UpdateCycle }>;
  /** When the newest dataset was committed; undefined before the first. */
  datasetAt(id: ResourceId): Promise<string | undefined>;
  /** Whether anything was ever released under the agreement. */
  hasDelivered(id: AgreementId): Promise<boolean>;
  /** Under the agreement, after a position in its consumer's history. Of snapshots, a received one makes those before it obsolete. */
  unreceived(agreement: Agreement, after: number): Promise<Unreceived>;
  /** Of the lists that wait for their provider's word, under the terms in force, the oldest. */
  listWaiting(agreement: Agreement): Promise<ListWaiting | undefined>;
}

/** Whose duties are listed. */
export type View =
  | { readonly of: 'everybody' }
  | { readonly of: 'debtor' | 'creditor'; readonly department: DepartmentId };

export interface OwingsQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly agreementId?: AgreementId | undefined;
  readonly duty?: DutyId | undefined;
  /** Only those whose last day was before this day. */
  readonly dueBefore?: string | undefined;
}

/** What came of a look. */
export interface Look {
  readonly watch: StoredWatch;
  readonly before: Revised<StoredDuties> | undefined;
  /** Undefined where nothing is owed and never will be. */
  readonly after: StoredDuties | undefined;
  /** When to look again; undefined with `after`. */
  readonly nextAt: string | undefined;
  readonly notices: readonly OutgoingNotice[];
}

/** What was owed at the last look: a projection that says where to look, and what was told. */
export interface Owings {
  /** Whatever is to be looked at by then, oldest first; candidates only. */
  due(until: string): AsyncIterable<StoredWatch>;
  /** Strongly consistent. */
  find(matter: Matter): Promise<Revised<StoredDuties> | undefined>;
  /**
   * All of the look, its notices included, or nothing; false where somebody acted on the matter, or looked at it, since it
   * was read.
   */
  keep(look: Look): Promise<boolean>;
  /** Looks at it later, unless somebody acted on it meanwhile. */
  postpone(watch: StoredWatch, nextAt: string): Promise<void>;
  /** In order of the last day: of a department strongly consistent, of everybody a moment behind. */
  page(view: View, query: OwingsQuery): Promise<Page<StoredOwing>>;
}

export interface Ports extends Pick<Hub, 'clock' | 'timeZone'> {
  readonly facts: Facts;
  readonly owings: Owings;
  /** Departments with the authority's role. */
  readonly authorities: readonly DepartmentId[];
}

export type WatchPorts = Ports & Pick<Hub, 'log' | 'metrics'>;
