import type { DepartmentId, ReconciliationId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Page } from '../../../schemas/contracts/paging.ts';
import type { ReconciliationQuery } from '../../../schemas/contracts/reconciliations.ts';
import type {
  ReconciliationIn,
  ReconciliationPointer,
  StoredReconciliation,
} from '../../../schemas/stored/reconciliations.ts';
import type { Hub } from '../../kernel/ports.ts';
import type { Quota } from '../../kernel/quota.ts';
import type { Arrived } from '../domain/receive.ts';
import type { ListResource } from '../domain/reconciliations/order.ts';
import type { Along, ComparisonQueue, Comparisons, Facts, KeptObjects, Orders } from '../stores.ts';

/** A run that begins with its order's next state. */
export interface Begun {
  readonly order: ReconciliationIn<'active'>;
  readonly was: ReconciliationIn<'active'>;
  readonly run: Arrived;
}

export interface ListNews {
  readonly resourceId: ResourceId;
  /** Of this news, and of none before or after it. */
  readonly token: string;
}

export interface Reconciliations extends Orders {
  /** A department's own, as consumer and as provider, newest first; strongly consistent. */
  listOf(department: DepartmentId, query: ReconciliationQuery): Promise<Page<StoredReconciliation>>;
  /** Everybody's, newest first. */
  listAll(query: ReconciliationQuery): Promise<Page<StoredReconciliation>>;
  /** A new order, on condition that the agreement is active at its terms and has room for another. */
  order(order: ReconciliationIn<'active'>, along: Along): Promise<'ordered' | 'too-many' | 'ended' | 'answered'>;
  /** Puts `next` in the place of `was`; false where that is not there any more. One that ends gives its place back. */
  replace(next: StoredReconciliation, was: StoredReconciliation, along?: Along): Promise<boolean>;
  /** A run, one of the quota, on condition that the agreement is active at the run's terms. */
  begin(begun: Begun, quota: Quota, along: Along): Promise<'begun' | 'quota-exceeded' | 'ended' | 'stale'>;

  /** Those whose time to be looked at has come, oldest first; candidates only. */
  due(until: string): AsyncIterable<ReconciliationId>;
  /** What an order is marked by; read before what is looked at, so that what comes meanwhile is not lost with it. */
  markOf(id: ReconciliationId): Promise<string | undefined>;
  /** Looks at it then, unless it was marked again since. */
  postpone(id: ReconciliationId, mark: string, lookAgainAt: string): Promise<void>;
  /** There is nothing more to look at, unless it was marked again since. */
  rest(id: ReconciliationId, mark: string): Promise<void>;
  /** Marks it. */
  wake(id: ReconciliationId, at: string): Promise<void>;
  /** Orders that compare with a resource and have not ended. */
  ordersOf(resourceId: ResourceId): AsyncIterable<ReconciliationPointer>;
  /** The same of those whose list it is. */
  ordersBy(list: ResourceId): AsyncIterable<ReconciliationPointer>;
  /** Lists that have another dataset, of which their orders are still to hear, oldest first. */
  news(until: string): AsyncIterable<ListNews>;
  /** All of them know; nothing where something newer came meanwhile. */
  heard(news: ListNews): Promise<void>;
}

/** What is known of resources that are lists. */
export interface ListResources {
  /** Strongly consistent. */
  resource(id: ResourceId): Promise<ListResource | undefined>;
}

/** All that the functions of standing orders are given; each says which of it they use. */
export interface ReconciliationPorts extends Hub {
  readonly facts: Facts & ListResources;
  readonly reconciliations: Reconciliations;
  readonly comparisons: Comparisons;
  readonly kept: KeptObjects;
  readonly queue: ComparisonQueue;
}
