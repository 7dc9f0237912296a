import { ReconciliationId, type ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import { MOST_RECONCILIATIONS, type ReconciliationQuery } from '../../../../schemas/contracts/reconciliations.ts';
import { DueItem } from '../../../../schemas/stored/due.ts';
import { ReconciliationPointer, StoredReconciliation } from '../../../../schemas/stored/reconciliations.ts';
import type { Reconciliations } from '../../../compare/reconciliations/ports.ts';
import type { Along } from '../../../compare/stores.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeAnswer } from '../answers.ts';
import { whileActive } from '../delivery/while-active.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { spend } from '../quotas.ts';
import { change } from '../table/change.ts';
import { marked, markedIds, markOf, postpone, unmark } from '../table/due.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { commitUnless } from '../table/outcomes.ts';
import { readItem, type Table } from '../table/reads.ts';
import { pageOf, walk, type Listing } from '../table/walk.ts';
import { commit, put, putNew, remove, type Write } from '../table/write.ts';
import { writeNewRun } from './comparisons.ts';
import { takeAway } from './watch-marks.ts';
import { ALL_ORDERS, orderItem, replaceOrder, whenDue } from './order-items.ts';

export const dynamoReconciliations = (table: Table): Reconciliations => ({
  find: (id) => readOrder(table, id),

  listOf: (department, query) =>
    listed(
      table,
      { from: { pk: `PARTY#${department}`, prefix: 'RECONCILIATION#' }, newestFirst: true },
      query,
      (order) => (query.role === undefined ? true : order[query.role] === department),
    ),
  listAll: (query) =>
    listed(
      table,
      {
        from: { list: ALL_ORDERS, keyOf: (position) => keyOf.reconciliation(position as ReconciliationId) },
        newestFirst: true,
      },
      query,
    ),

  async order(order, { answer, ...along }) {
    const { agreementId, termsVersion, reconciliationId } = order;
    const room = change(table, keyOf.watched(agreementId), {
      add: { reconciliations: 1 },
      set: { kind: 'watched' },
      when: 'attribute_not_exists(#reconciliations) OR #reconciliations < :most',
      values: { most: MOST_RECONCILIATIONS },
    });
    const became = await commitUnless(
      table,
      `standing order ${reconciliationId}`,
      [
        ['answered', writeAnswer(table, answer)],
        ['ended', [whileActive(table, agreementId, termsVersion)]],
        ['too-many', [room]],
      ],
      [
        putNew(table, orderItem(order)),
        ...pointers(table, order),
        whenDue(table, reconciliationId, order.orderedAt),
        ...written(table, along),
      ],
    );
    return became === 'done' ? 'ordered' : became;
  },

  async replace(next, was, along = {}) {
    const { committed } = await commit(table, [
      replaceOrder(table, next, was),
      ...(next.state === 'ended' ? left(table, next, next.finishedAt) : []),
      ...written(table, along),
    ]);
    return committed;
  },

  async begin({ order, was, run }, quota, along) {
    const became = await commitUnless(
      table,
      `run ${run.comparisonId}`,
      [
        ['stale', [replaceOrder(table, order, was)]],
        ['ended', [whileActive(table, run.agreementId, run.termsVersion)]],
        ['quota-exceeded', [spend(table, quota)]],
      ],
      [...writeNewRun(table, run), ...written(table, along)],
    );
    return became === 'done' ? 'begun' : became;
  },

  due: (until) => markedIds(table, 'reconciliation', 'reconciliationId', until),
  markOf: async (id) => (await markOf(table, 'reconciliation', keyOf.reconciliation(id)))?.state,
  async postpone(id, seen, at) {
    await postpone(table, 'reconciliation', keyOf.reconciliation(id), at, seen);
  },
  async rest(id, seen) {
    await commit(table, [
      unmark(table, 'reconciliation', keyOf.reconciliation(id), {
        ConditionExpression: '#state = :seen',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':seen': seen },
      }),
    ]);
  },
  async wake(id, at) {
    await commit(table, [whenDue(table, id, at)]);
  },
  ordersOf: (resourceId) => pointersIn(table, resourceId, 'RECONCILIATION#'),
  ordersBy: (resourceId) => pointersIn(table, resourceId, 'LIST#'),

  async *news(until) {
    for await (const item of marked(table, 'listed', until)) {
      const { resourceId, token } = fromItem(DueItem, item);
      if (resourceId !== undefined && token !== undefined) yield { resourceId, token };
    }
  },
  heard: ({ resourceId, token }) => takeAway(table, 'listed', keyOf.resource(resourceId), token),
});

async function* pointersIn(table: Table, resourceId: ResourceId, prefix: 'RECONCILIATION#' | 'LIST#') {
  const from = { pk: keyOf.resource(resourceId).pk, prefix };
  for await (const { item } of walk(table, { from })) yield fromItem(ReconciliationPointer, item);
}

const pointers = (
  table: Table,
  { reconciliationId, agreementId, resourceId, list, consumer, provider }: StoredReconciliation,
): Write[] => [
  ...[consumer, provider].map((party) =>
    put(table, toItem('pointer', keyOf.partyReconciliation(party, reconciliationId), { reconciliationId })),
  ),
  put(
    table,
    toItem('pointer', keyOf.resourceReconciliation(resourceId, reconciliationId), { reconciliationId, agreementId }),
  ),
  put(
    table,
    toItem('pointer', keyOf.listReconciliation(list.resourceId, reconciliationId), { reconciliationId, agreementId }),
  ),
];

/** Its place is others' to have, and what was kept of it is to be removed. */
const left = (
  table: Table,
  { reconciliationId, agreementId, resourceId, list }: StoredReconciliation,
  at: string,
): readonly Write[] => [
  remove(table, keyOf.resourceReconciliation(resourceId, reconciliationId)),
  remove(table, keyOf.listReconciliation(list.resourceId, reconciliationId)),
  change(table, keyOf.watched(agreementId), { add: { reconciliations: -1 } }),
  whenDue(table, reconciliationId, at),
];

const written = (table: Table, { evidence, notices = [], answer }: Along): readonly Write[] => [
  ...(evidence ? writeEvidence(table, evidence) : []),
  ...writeMessages(table, notices),
  ...writeAnswer(table, answer),
];

async function readOrder(table: Table, id: ReconciliationId): Promise<StoredReconciliation | undefined> {
  const item = await readItem(table, keyOf.reconciliation(id));
  return item && fromItem(StoredReconciliation, item);
}

/** Pointers lead to orders; the list of all has the orders themselves, as they were a little before. */
const listed = (
  table: Table,
  listing: Listing,
  query: ReconciliationQuery,
  isWanted: (order: StoredReconciliation) => boolean = () => true,
): Promise<Page<StoredReconciliation>> =>
  pageOf(table, listing, query, async (item) => {
    const order = await readOrder(table, ReconciliationId.parse(item['reconciliationId']));
    if (!order) throw new Fault('a standing order is listed and not there');
    const { state, agreementId } = query;
    return isWanted(order) &&
      (state === undefined || state === order.state) &&
      (agreementId === undefined || agreementId === order.agreementId)
      ? order
      : undefined;
  });
