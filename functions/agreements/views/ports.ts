import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Page, PageQuery } from '../../../schemas/contracts/paging.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { Precedent } from '../../../schemas/contracts/views.ts';
import type { DatasetObject, StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { InheritedOn } from '../../datasets/sources.ts';
import type { Hub } from '../../kernel/ports.ts';
import type { Agreements } from '../ports.ts';

/** Definitions as they were published; strongly consistent. */
interface Definitions {
  latest(id: ResourceId): Promise<ResourceVersion | undefined>;
  version(id: ResourceId, version: number): Promise<ResourceVersion | undefined>;
}

/** What there is to preview. */
export interface Datasets {
  /** The dataset in force; strongly consistent; undefined before the first. */
  newest(id: ResourceId): Promise<StoredDataset | undefined>;
  /** The bytes of a piece of it, in order, to be gone through once. */
  read(object: DatasetObject): Promise<AsyncIterable<Uint8Array>>;
}

export interface Precedents {
  /** Terms in force on a resource, in order of proposal; strongly consistent. */
  onResource(id: ResourceId, page: PageQuery): Promise<Page<Precedent>>;
}

export interface ViewPorts extends Pick<Hub, 'clock' | 'ids' | 'timeZone'> {
  readonly agreements: Pick<Agreements, 'find'>;
  readonly definitions: Definitions;
  readonly datasets: Datasets;
  readonly precedents: Precedents;
  readonly inheritedOn: InheritedOn;
  /** Commits that something was looked at. */
  readonly keepEvidence: (evidence: Evidence) => Promise<void>;
}
