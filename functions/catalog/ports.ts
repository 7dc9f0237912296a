import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { Lineage } from '../../schemas/contracts/derivations.ts';
import type { DepartmentId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Page, PageQuery } from '../../schemas/contracts/paging.ts';
import type {
  ListedDataset,
  Deprecation,
  ResourceCode,
  ResourceVersion,
  Retirement,
} from '../../schemas/contracts/resources.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { BreakingMark, ResourceHead, ResourceMark } from '../../schemas/stored/catalog.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Hub } from '../kernel/ports.ts';
import type { DerivedDefinition } from '../reading/derivation/judge.ts';
import type { CatalogEntry, CatalogState, EntryTexts } from './domain/catalog-state.ts';
import type { Standing } from './domain/standing.ts';

export type { CatalogEntry, CatalogState, EntryTexts, Standing };

/** How a version of some category gets its code: the resource's own, or else one with the next number of the category. */
export interface Coding {
  readonly category: string;
  readonly codeOf: (number: number) => ResourceCode;
  /** Is this a code of the category? Then the resource keeps it. */
  readonly isCode: (code: ResourceCode) => boolean;
}

export interface Publication {
  readonly version: ResourceVersion;
  readonly entry: EntryTexts;
  readonly evidence: Evidence;
  /** The agreements that it breaks or repairs. */
  readonly mark?: BreakingMark | undefined;
  readonly coding?: Coding;
  /** Of a derived resource. */
  readonly lineage?: Lineage | undefined;
}

/** Something that is to be done about the end of a resource, and when. */
export interface DueMark {
  readonly mark: ResourceMark;
  readonly at: string;
}

/** A deprecation or a retirement with all that commits together. */
export interface EndOfResource {
  readonly resourceId: ResourceId;
  readonly change:
    | { readonly deprecation: Deprecation }
    | { readonly retiredAt: string; readonly retirement: Retirement };
  readonly marks: readonly DueMark[];
  /** Of the deprecation that this follows from, which must not have been stated anew meanwhile. */
  readonly deprecatedAt?: string | undefined;
  /** The version that was the newest when it was decided, and still has to be. */
  readonly latestVersion?: number;
  readonly evidence: Evidence;
  readonly answer?: StoredAnswer | undefined;
}

/** A resource that was late by its mark, and since when. */
export interface LateCandidate {
  readonly resourceId: ResourceId;
  readonly provider: DepartmentId;
  readonly since: string;
}

export interface Resources {
  /** The newest version, strongly consistent. */
  latest(id: ResourceId): Promise<ResourceVersion | undefined>;
  /** The newest version and whether the resource will end, or has; strongly consistent. */
  standing(id: ResourceId): Promise<Standing | undefined>;
  /** The moving part; strongly consistent. */
  head(id: ResourceId): Promise<ResourceHead | undefined>;
  version(id: ResourceId, version: number): Promise<ResourceVersion | undefined>;
  /**
   * Version, entry and evidence together. The version as it was stored, with its code; undefined when another publication
   * took its number.
   */
  publish(publication: Publication): Promise<ResourceVersion | undefined>;
  /**
   * All of it or nothing; false when the resource is retired already, its deprecation is another by now, or the answer's
   * key was used meanwhile.
   */
  end(end: EndOfResource): Promise<boolean>;
  /** The catalog with everything that was committed before the call. */
  catalog(): Promise<CatalogState>;
  /** Newest first, strongly consistent. */
  datasets(id: ResourceId, page: PageQuery): Promise<Page<ListedDataset>>;
  /** Does this consumer have an active agreement on the resource that is valid on this day? Strongly consistent. */
  isConsumer(id: ResourceId, department: DepartmentId, day: string): Promise<boolean>;
  /** What this consumer has active agreements on that are valid on this day; strongly consistent. */
  consumedBy(department: DepartmentId, day: string): Promise<ReadonlySet<ResourceId>>;
  /** Resources whose mark says that they are late by then: candidates only, in no order. */
  lateBy(until: string): AsyncIterable<LateCandidate>;
}

/** What hangs on resources. */
export interface ResourceAgreements {
  /** Every agreement on the resource that is not over, in order of proposal; strongly consistent. */
  notOver(id: ResourceId): Promise<readonly Agreement[]>;
}

/** What is still to be done about resources that end. */
export interface Marks {
  /** Those whose time has come, oldest first: candidates only. */
  due(until: string): AsyncIterable<ResourceMark>;
  /** It is done, unless it has been left anew since. */
  forget(mark: ResourceMark): Promise<void>;
  /** Commits notices to be sent; saying one again sends it again, as the same one. */
  tell(notices: readonly OutgoingNotice[]): Promise<void>;
}

export interface Derivations {
  /** Whether a resource may be made so of others, and where its fields come from then; reads what is in force today. */
  judge(id: ResourceId, definition: DerivedDefinition): Promise<Outcome<Lineage, 'invalid-derivation'>>;
}

export interface Ports extends Pick<Hub, 'clock' | 'ids' | 'timeZone'> {
  readonly resources: Resources;
  readonly agreements: ResourceAgreements;
  readonly derivations: Derivations;
  readonly mailboxUrl: (department: DepartmentId) => string;
}
