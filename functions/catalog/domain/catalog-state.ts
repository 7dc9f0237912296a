import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { ResourceSummary } from '../../../schemas/contracts/resources.ts';

/** What the catalog is searched by, of the newest version. */
export interface EntryTexts {
  readonly summary: ResourceSummary;
  readonly description: string;
  readonly fields: readonly {
    readonly name: string;
    readonly title?: string;
    readonly titleEn?: string;
    /** The department that the field comes from, where it is another. */
    readonly provider?: DepartmentId;
  }[];
}

export interface CatalogEntry extends EntryTexts {
  /** The state of the catalog that this entry came in with. */
  readonly changedIn: number;
}

/** The whole catalog at one moment. An entry that did not change is the same object as in the state before. */
export interface CatalogState {
  /** Grows with every publication, deprecation and retirement. */
  readonly revision: number;
  /** In order of resource id. */
  readonly entries: readonly CatalogEntry[];
}
