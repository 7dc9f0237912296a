import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { DepartmentId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { Page, PageQuery } from '../../schemas/contracts/paging.ts';
import type { Dataset, ResourceSummary, ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { Clock, Ids } from '../kernel/ports.ts';

/** What the catalog is searched by: the newest version's summary, and every text that a search looks into. */
export interface CatalogEntry {
  readonly summary: ResourceSummary;
  readonly texts: readonly string[];
}

export interface Publication {
  readonly version: ResourceVersion;
  readonly entry: CatalogEntry;
  readonly evidence: Evidence;
}

export interface Resources {
  /** The newest version, strongly consistent. */
  latest(id: ResourceId): Promise<ResourceVersion | undefined>;
  version(id: ResourceId, version: number): Promise<ResourceVersion | undefined>;
  /** Version, entry and evidence together; false when another publication took this version number. */
  publish(publication: Publication): Promise<boolean>;
  /** The catalog in order of resource id; complete and without repeats, a moment behind publications. */
  search(page: PageQuery, wanted: (entry: CatalogEntry) => boolean): Promise<Page<ResourceSummary>>;
  /** Newest first, strongly consistent. */
  datasets(id: ResourceId, page: PageQuery): Promise<Page<Dataset>>;
  /** Does this consumer have an active agreement on the resource that is valid on this day? Strongly consistent. */
  isConsumer(id: ResourceId, department: DepartmentId, day: string): Promise<boolean>;
}

export interface Ports {
  readonly resources: Resources;
  readonly clock: Clock;
  readonly ids: Ids;
  /** IANA name of the hub's time zone. */
  readonly timeZone: string;
  readonly mailboxUrl: (department: DepartmentId) => string;
}
