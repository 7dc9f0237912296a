import type { ResourceDefinition, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type {
  DatasetObject,
  RepresentationIn,
  StoredDataset,
  StoredRepresentation,
} from '../../../schemas/stored/datasets.ts';
import type { DatasetSource, Layout } from '../../records/index.ts';

/** A resource as it stands, and what its newest definition offers it for. */
export interface Represented {
  readonly head: ResourceHead;
  readonly modes: ResourceDefinition['modes'];
}

/** Read strongly. */
export interface Facts {
  resource(id: ResourceId): Promise<Represented | undefined>;
  dataset(id: ResourceId, datasetVersion: number): Promise<StoredDataset | undefined>;
  /** Throws where there is no such version. */
  schema(id: ResourceId, resourceVersion: number): Promise<TableSchema>;
}

/** As what one is replaced; a lease left out may have been renewed. */
export type Fence = Pick<StoredRepresentation, 'state' | 'epoch'> & { readonly leaseUntil?: string | undefined };

export interface Representations {
  /** All of a resource, oldest first, strongly consistent. */
  list(id: ResourceId): Promise<readonly StoredRepresentation[]>;
  /** In the place of one that is still as it was, or of none; false where it is not. */
  put(next: StoredRepresentation, was: Fence | undefined): Promise<boolean>;
  /** From now on nobody can hold it; false where somebody does. */
  startDropping(made: RepresentationIn<'made' | 'dropping'>): Promise<boolean>;
  /** Nothing where it is another by now. */
  forget(representation: StoredRepresentation): Promise<void>;
}

/** "See whether it is represented as it should be", by resource. */
export interface RepresentMarks {
  due(until: string): AsyncIterable<ResourceId>;
  postpone(id: ResourceId, lookAgainAt: string): Promise<void>;
  /** Leaves the mark where the resource has another dataset or definition by now. */
  clear(seen: ResourceHead): Promise<void>;
}

export interface RepresentObjects {
  read(object: DatasetObject): Promise<AsyncIterable<Uint8Array>>;
  /** A new object, whole or not at all. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<DatasetObject>;
  /** For good. */
  remove(object: DatasetObject): Promise<void>;
  /** What stands at the key, if anything does: nobody reads it. */
  discard(key: string): Promise<void>;
}

/** What a dataset became, checked against it. */
export interface MadeFile extends Layout {
  readonly rows: number;
  readonly values: string;
  readonly tail: RepresentationIn<'made'>['tail'];
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface Maker {
  /** The file is there while it is used. @throws Unfit, UnreadableValue, what the input throws, and what the use throws */
  make<T>(
    dataset: DatasetSource & { readonly input: AsyncIterable<Uint8Array> },
    use: (file: MadeFile) => Promise<T>,
  ): Promise<T>;
}
