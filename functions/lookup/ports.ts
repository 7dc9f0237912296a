import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { AgreementId, DepartmentId, LookupId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { LookupQuery, WatchQuery } from '../../schemas/contracts/lookups.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { RepresentationIn, RestsOn, StoredDataset } from '../../schemas/stored/datasets.ts';
import type { StoredLookup, StoredOfficerDay } from '../../schemas/stored/lookups.ts';
import type { InheritedOn } from '../datasets/sources.ts';
import type { Revised } from '../kernel/ports.ts';
import type { Quota } from '../kernel/quota.ts';
import type { PartUsed, Share } from './domain/quota.ts';

/** All strongly consistent. */
export interface Facts {
  agreement(id: AgreementId): Promise<Agreement | undefined>;
  readonly inherited: InheritedOn;
  /** The newest version of a resource. */
  resource(id: ResourceId): Promise<ResourceVersion | undefined>;
  resourceVersion(id: ResourceId, version: number): Promise<ResourceVersion>;
}

/** A dataset version that can be searched, by which resource version it was checked, and what it was made of. */
export interface Searchable extends Pick<StoredDataset, 'resourceId' | 'resourceVersion' | 'origin'> {
  readonly representation: RepresentationIn<'made'>;
}

export interface Representations {
  /** The newest dataset version of which there is one. */
  newest(id: ResourceId): Promise<Searchable | undefined>;
  /** Of this dataset version; undefined where it is not kept (any more). */
  of(id: ResourceId, datasetVersion: number): Promise<Searchable | undefined>;
}

/** The row of a key, or one beside its place: either way there is the same to read and to look at. */
export interface FoundRow {
  readonly isThere: boolean;
  /** By columns of the representation. */
  readonly row: ReadonlyMap<string, string | null>;
}

export interface Rows {
  /**
   * Undefined where the file has gone since the representation was read.
   * @param columns of the representation that are wanted
   * @throws Fault where the file is not as it was written
   */
  find(
    representation: RepresentationIn<'made'>,
    key: string,
    columns: readonly string[],
  ): Promise<FoundRow | undefined>;
}

/** What a lookup of an officer is counted towards. */
export interface Counting {
  readonly provider: DepartmentId;
  readonly agreementId: AgreementId;
  /** In the hub's time zone. */
  readonly day: string;
  readonly officerRef: string;
  /** Parts of the agreement's quota. */
  readonly parts: readonly Quota[];
}

/** How much is used up of all that. */
export interface Standing {
  readonly officerDay: Revised<StoredOfficerDay> | undefined;
  readonly parts: readonly PartUsed[];
}

/** A lookup with all that it counts towards, its proof, and what a repetition of the call is answered. */
export interface LookupAct {
  readonly lookup: StoredLookup;
  /** What was looked up in rests on these. */
  readonly restsOn: readonly RestsOn[];
  readonly officerDay: StoredOfficerDay;
  /** That the day was read with; 0: there was none. */
  readonly revision: number;
  readonly shares: readonly Share[];
  readonly evidence: Evidence;
  readonly answer: StoredAnswer | undefined;
}

/**
 * `contended`: somebody counted meanwhile, so it is to be decided anew · `ended`: the agreement, or one of those behind the
 * dataset, is not in force under these terms (any more) · `repeated`: the call was made before.
 */
export type Committed = 'done' | 'contended' | 'ended' | 'repeated';

export interface Lookups {
  find(id: LookupId): Promise<StoredLookup | undefined>;
  /** Strongly consistent. */
  standing(counting: Counting): Promise<Standing>;
  /** All of the act or nothing. */
  commit(act: LookupAct): Promise<Committed>;
  /** Writes down what was refused; not, where somebody counted meanwhile. */
  refuse(officerDay: StoredOfficerDay, revision: number): Promise<void>;
  /** Evidence about a lookup, on condition that its agreement is active at its terms; false where it is not. */
  prove(lookup: StoredLookup, evidence: Evidence): Promise<boolean>;
  /** Newest first; a department's own strongly consistent, of all a moment behind. */
  listOf(of: DepartmentId | 'all', query: LookupQuery): Promise<Page<StoredLookup>>;
  /** Newest day first: of a provider strongly consistent, of all a moment behind. */
  daysOf(
    of: DepartmentId | 'all',
    query: WatchQuery,
    isWanted: (day: StoredOfficerDay) => boolean,
  ): Promise<Page<StoredOfficerDay>>;
  /** Lookups of one key by its digest, newest first; strongly consistent. */
  about(
    id: ResourceId,
    digest: string,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<StoredLookup>>;
  /** That somebody asked for a report, and what a repetition is answered; false where the call was made before. */
  report(evidence: Evidence, answer: StoredAnswer | undefined): Promise<boolean>;
}
