import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { InheritedTerms, Lineage } from '../../schemas/contracts/derivations.ts';
import type { AgreementId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { ExtractSpec } from '../../schemas/contracts/messages.ts';
import type { Page, PageQuery } from '../../schemas/contracts/paging.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { ResourceUse } from '../../schemas/contracts/uses.ts';
import type { ResourceHead } from '../../schemas/stored/catalog.ts';
import type { DatasetObject, RestsOn, StoredDataset } from '../../schemas/stored/datasets.ts';
import type { StoredDerivation } from '../../schemas/stored/derivations.ts';
import type { NextVersion } from '../datasets/next-version.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Hub, Timer } from '../kernel/ports.ts';
import type { Parse } from '../reading/derivation/check-statement.ts';
import type { FoundInputs } from '../reading/derivation/judge.ts';
import type { RunRefusal, StatementLimits } from '../reading/derivation/run-statement.ts';
import type { DatasetSource } from '../records/index.ts';

/** All strongly consistent. */
export interface Facts {
  resource(id: ResourceId): Promise<{ readonly head: ResourceHead; readonly version: ResourceVersion } | undefined>;
  version(id: ResourceId, version: number): Promise<ResourceVersion | undefined>;
  /** The dataset in force. */
  dataset(id: ResourceId): Promise<StoredDataset | undefined>;
  /** What a derivation reads, as it stands on a day. */
  inputs(version: ResourceVersion, today: string): Promise<FoundInputs>;
  /** Whether each of these agreements is active at those terms, and valid on a day. */
  stand(agreements: readonly RestsOn[], today: string): Promise<boolean>;
  /** Resources that are, or were, derived of this one. */
  derivedOf(id: ResourceId): Promise<readonly ResourceId[]>;
  agreement(id: AgreementId): Promise<Agreement | undefined>;
  /** In order of proposal. */
  agreementsOn(id: ResourceId): Promise<readonly Agreement[]>;
}

/** What a derivation's last run must still be for a change to land. */
export type Fence = Pick<StoredDerivation, 'state' | 'epoch'> & { readonly leaseUntil?: string | undefined };

interface Made {
  readonly derivation: StoredDerivation;
  readonly was: Fence;
  readonly next: NextVersion;
  readonly evidence: Evidence;
}

export interface Derivations {
  find(id: ResourceId): Promise<StoredDerivation | undefined>;
  /** In the place of one that is still as it was, or of none; false where it is not. */
  put(next: StoredDerivation, was: Fence | undefined): Promise<boolean>;
  /** The same of a run after which the resource is to end, which the catalog sees to. */
  retire(next: StoredDerivation, was: Fence): Promise<boolean>;
  /**
   * The run, the dataset version and its evidence in one transaction, while all agreements that it rests on are in force at
   * the terms that it was cut by. `stale`: another attempt has the derivation.
   */
  commit(made: Made): Promise<'committed' | 'stale' | 'overtaken' | 'source-changed'>;
}

/** Resources that are to be looked at. */
export interface Marks {
  due(until: string): AsyncIterable<ResourceId>;
  /** Not before then. */
  mark(id: ResourceId, at: string): Promise<void>;
  /** It was as it should be at that time: a mark that is due later stays. */
  clear(id: ResourceId, now: string): Promise<void>;
}

export interface Notices {
  /** Commits notices to be sent; saying one again sends it again, as the same one. */
  tell(notices: readonly OutgoingNotice[]): Promise<void>;
}

export interface ObjectWriter {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<{ readonly versionId: string; readonly bytes: number }>;
  abort(): Promise<void>;
}

/** The datasets bucket, which keeps versions. */
export interface Objects {
  open(key: string): ObjectWriter;
  read(object: DatasetObject): Promise<AsyncIterable<Uint8Array>>;
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<DatasetObject>;
  remove(key: string, versionId?: string): Promise<void>;
}

/** What a run has on its own disk, and nobody else. */
export interface Workshop {
  readonly parse: Parse;
  /** Writes what a right gives of a dataset, as the input of that name. */
  extract(
    name: string,
    source: DatasetSource & { readonly input: AsyncIterable<Uint8Array> },
    spec: Pick<ExtractSpec, 'fields' | 'filter' | 'mask'>,
  ): Promise<Outcome<undefined, 'input-unfit' | 'input-unreadable'>>;
  /** Runs a statement that was judged on these inputs; its records stand in their order. */
  run(
    sql: string,
    inputs: Readonly<Record<string, readonly string[]>>,
    options: { readonly lost: readonly string[]; readonly order: readonly string[]; readonly threads: number },
  ): Promise<Outcome<Result, RunRefusal | 'invalid-derivation'>>;
  /**
   * Leaves of the result those records whose key is not among those that entered before.
   *
   * @param before the file that an earlier call wrote; undefined where none ever entered
   */
  entering(key: readonly string[], before: AsyncIterable<Uint8Array> | undefined): Promise<Entering>;
  /** The result's Parquet file. */
  result(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface Result {
  readonly rows: number;
  readonly columns: readonly string[];
}

export interface Entering {
  /** Records that are left. */
  readonly rows: number;
  /** Keys that ever entered, with these. */
  readonly keys: number;
  /** Their file. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface RunPorts extends Hub {
  readonly facts: Facts;
  readonly derivations: Derivations;
  readonly marks: Marks;
  readonly notices: Notices;
  readonly objects: Objects;
  readonly workshop: (limits: StatementLimits) => Promise<Workshop>;
  readonly limits: StatementLimits;
  readonly timer: Timer;
}

/** What is told of derived resources. */
export interface ReadPorts extends Pick<Hub, 'clock' | 'timeZone'> {
  readonly facts: Pick<Facts, 'resource' | 'inputs' | 'dataset' | 'agreementsOn'> & {
    lineage(id: ResourceId, version: number): Promise<Lineage | undefined>;
    inherited(version: ResourceVersion, today: string): Promise<readonly InheritedTerms[] | undefined>;
    /** Of agreements on a resource, in order of proposal, what `use` makes of them, if anything. */
    usesOf(
      id: ResourceId,
      page: PageQuery,
      use: (agreement: Agreement) => ResourceUse | undefined,
    ): Promise<Page<ResourceUse>>;
  };
  readonly derivations: Pick<Derivations, 'find'>;
  readonly withParser: <T>(use: (parse: Parse) => Promise<T>) => Promise<T>;
}
