import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { AgreementId, DepartmentId, ResourceId, WatchId } from '../../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import type { Page } from '../../../schemas/contracts/paging.ts';
import type { KeyWatchQuery } from '../../../schemas/contracts/watches.ts';
import type { RestsOn } from '../../../schemas/stored/datasets.ts';
import type { StoredKeyWatch, WatchIn, WatchPointer } from '../../../schemas/stored/watches.ts';
import type { Hub, Timer } from '../../kernel/ports.ts';
import type { Quota } from '../../kernel/quota.ts';
import type { ListRefusal } from '../domain/comparison.ts';
import type { OwnLook } from '../domain/watches/transitions.ts';
import type { SeenTerms } from '../domain/watches/watched-terms.ts';
import type { ComparisonInput, ComparisonStage, RepresentedFile } from '../ports.ts';
import type { Along, Facts, KeptObjects, ListObjects, Staging } from '../stores.ts';

/** What is new to whoever watches it: a dataset that can be looked at, or what is in force of an agreement. */
export interface News {
  readonly resourceId: ResourceId;
  readonly agreementId?: AgreementId | undefined;
  /** Of this news, and of none before or after it. */
  readonly token: string;
}

/** A change that needs the terms, and those that the dataset looked at rests on: `ended` where some are not in force (any more). */
export type UnderTerms = 'done' | 'stale' | 'ended';

export interface Watches {
  /** Strongly consistent. */
  find(id: WatchId): Promise<StoredKeyWatch | undefined>;
  /** A department's own, as consumer and as provider, newest first; strongly consistent. */
  listOf(department: DepartmentId, query: KeyWatchQuery): Promise<Page<StoredKeyWatch>>;
  /** Everybody's, newest first. */
  listAll(query: KeyWatchQuery): Promise<Page<StoredKeyWatch>>;
  /** How many keys an agreement has watched, and how many were lodged on a day; strongly consistent. */
  usedBy(agreementId: AgreementId, perDay: Quota): Promise<{ readonly atOnce: number; readonly today: number }>;
  /** A new watch, on condition that the agreement is active at its terms and has room for another. */
  lodge(watch: WatchIn<'awaiting'>, along: Along): Promise<'lodged' | 'too-many' | 'ended' | 'answered'>;
  /**
   * Puts `next` in the place of `was`; false where that is not there any more. A look holds the representation that it reads
   * from its beginning to its end; a watch that ends gives its place and its keys back: counted in the same transaction.
   *
   * @param lookAgainAt when the sweeper looks, if that is to be another time
   */
  replace(next: StoredKeyWatch, was: StoredKeyWatch | OwnLook, along?: Along, lookAgainAt?: string): Promise<boolean>;
  /** The keys are watched: as many of the day's are used up, and of those at once. */
  begin(
    next: WatchIn<'active'>,
    was: OwnLook,
    on: { readonly atOnce: number; readonly perDay: Quota; readonly restsOn: readonly RestsOn[] },
    along: Along,
  ): Promise<UnderTerms | 'too-many-keys' | 'quota-exceeded'>;
  /** A look comes to its end. @param on `atOnce`, of other terms than before: what they let be watched */
  close(
    next: WatchIn<'active'>,
    was: OwnLook,
    on: { readonly atOnce?: number | undefined; readonly restsOn: readonly RestsOn[] },
    along: Along,
  ): Promise<UnderTerms | 'too-many-keys'>;
  /** Tells of some of what a look found, as long as it goes on. */
  tell(look: WatchIn<'looking'>, restsOn: readonly RestsOn[], notices: readonly OutgoingNotice[]): Promise<UnderTerms>;

  /** Those whose time to be looked at has come, oldest first; candidates only. */
  due(until: string): AsyncIterable<WatchId>;
  postpone(id: WatchId, lookAgainAt: string): Promise<void>;
  /** What the watch is marked by; read before what is looked at, so that what comes meanwhile is not lost with it. */
  markOf(id: WatchId): Promise<string | undefined>;
  /** There is nothing to look at, unless it was marked again since. */
  rest(id: WatchId, token: string | undefined): Promise<void>;
  /** Marks it. */
  wake(id: WatchId, at: string): Promise<void>;

  /** What watches are still to hear of, oldest first. */
  news(until: string): AsyncIterable<News>;
  /** Watches of a resource's records that have not ended. */
  watchesOf(resourceId: ResourceId): AsyncIterable<WatchPointer>;
  /** All of them know; nothing where something newer came meanwhile. */
  heard(news: News): Promise<void>;
}

/** The terms and the dataset of a look. */
interface Looked {
  readonly terms: SeenTerms;
  /** Of the resource version that the dataset is of; without one, of the one that the terms speak of. */
  readonly schema: TableSchema;
  /** None where the resource has no dataset. */
  readonly resource: RepresentedFile | undefined;
  /** Where the keys are to be left with what is known of their records. */
  readonly to: string;
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((stage: ComparisonStage) => void) | undefined;
}

export interface FirstLook extends Looked {
  readonly list: ComparisonInput['list'];
  /** Keys that the list may have. */
  readonly most: number;
}

export interface NextLook extends Looked {
  /** As an earlier look left it. */
  readonly from: string;
  /** By other terms: nothing is compared. */
  readonly isFirst: boolean;
}

export interface KeyCounts {
  readonly keys: number;
  readonly changed: number;
}

/** The engine that looks what became of the records of keys. */
export interface Watching {
  begin(look: FirstLook): Promise<KeyCounts | { readonly refusal: ListRefusal | InvalidKeys }>;
  look(look: NextLook): Promise<KeyCounts>;
  /** Places of the keys that changed, in their order, in blocks. @param file as a look left it */
  changed(file: string, folder: string): AsyncIterable<readonly number[]>;
}

/** Rows that have no key, or are none. */
export interface InvalidKeys {
  readonly code: 'invalid-keys';
  readonly detail: string;
}

export interface WatchQueue {
  /** Has the keys looked at, so that no department waits long for another's. */
  sendWatch(watch: Exclude<StoredKeyWatch, WatchIn<'awaiting' | 'refused' | 'ended' | 'expired'>>): Promise<void>;
}

/** What a look is given. */
export type LookPorts = Omit<WatchPorts, 'queue'>;

/** All that the functions of watches are given; each says which of it they use. */
export interface WatchPorts extends Hub {
  readonly facts: Facts;
  readonly watches: Watches;
  readonly lists: ListObjects;
  readonly kept: KeptObjects;
  readonly queue: WatchQueue;
  readonly staging: Pick<Staging, 'folder' | 'list' | 'representation'>;
  readonly watching: Watching;
  readonly timer: Timer;
}
