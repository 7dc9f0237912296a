import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { DemandId, DepartmentId, ResourceId, ThemeId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import type { Theme, ThemeQuery } from '../../schemas/contracts/themes.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import type { Hub, Revised } from '../kernel/ports.ts';
import type { Newest } from './domain/current.ts';
import type { Profile } from './domain/profile.ts';
import type { Progress } from './domain/progress.ts';

/** One act on a demand: what it is afterwards, the proof of it, whom it is told, and what a repetition is answered. */
export interface Act {
  readonly demand: StoredDemand;
  readonly evidence: Evidence;
  readonly notices: readonly OutgoingNotice[];
  readonly answer: StoredAnswer | undefined;
}

export interface Themes {
  /** Strongly consistent. */
  find(id: ThemeId): Promise<Revised<Theme> | undefined>;
  /** With its evidence; false where somebody else defined it since `revision` was read (0: there was none). */
  define(theme: Theme, evidence: Evidence, revision: number): Promise<boolean>;
  /** In order of id; a moment behind. */
  list(query: ThemeQuery): Promise<Page<Theme>>;
}

export interface Demands {
  /** Strongly consistent. */
  find(id: DemandId): Promise<Revised<StoredDemand> | undefined>;
  /** All of the act or nothing: `taken` where the answer's key was used meanwhile, `full` where its theme has no room. */
  add(act: Act): Promise<'added' | 'taken' | 'full'>;
  /** All of the act or nothing; false when somebody else acted since `revision` was read. */
  replace(act: Act, revision: number): Promise<boolean>;
  /** Keeps the answer of a call that had nothing to change; false where its key was used meanwhile. */
  remember(answer: StoredAnswer | undefined): Promise<boolean>;
  /** What a department stated or is asked for, after an id, in order of ids; strongly consistent. */
  ofParty(department: DepartmentId, after?: string): AsyncIterable<StoredDemand>;
  /** Strongly consistent, in order of ids. */
  ofTheme(themeId: ThemeId, after?: string): AsyncIterable<StoredDemand>;
  /** In order of ids; a moment behind. */
  all(after?: string): AsyncIterable<StoredDemand>;
}

/** Agreements and deliveries, as far as they tell what has come of a demand; strongly consistent. */
export interface Sharing {
  /** Of the agreement for a demand that is not over; undefined where there is none. */
  progressOf(demand: StoredDemand): Promise<Progress | undefined>;
  /** Terms in force of the active agreements that others than a department have on a resource, of each of them one. */
  precedents(id: ResourceId, except: DepartmentId): Promise<readonly Terms[]>;
}

/** The catalog; strongly consistent. */
export interface Catalog {
  latest(id: ResourceId): Promise<ResourceVersion | undefined>;
  isRetired(id: ResourceId): Promise<boolean>;
  newestDataset(id: ResourceId): Promise<Newest | undefined>;
  /** Every resource that is not retired, in its newest version. */
  profiles(): Promise<readonly Profile[]>;
}

export interface Ports extends Pick<Hub, 'clock' | 'ids' | 'timeZone'> {
  readonly themes: Themes;
  readonly demands: Demands;
  readonly sharing: Sharing;
  readonly catalog: Catalog;
}
