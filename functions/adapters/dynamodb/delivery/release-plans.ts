import { StoredReleasePlan, type StoredDelivery } from '../../../../schemas/stored/delivery.ts';
import type { ReleasePlan, ReleasePlans } from '../../../delivery/ports.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { due } from '../table/walk.ts';
import { commit, putNew, remove, type Write } from '../table/write.ts';
import { writePlanned } from './planned.ts';

export const dynamoReleasePlans = (table: Table): ReleasePlans => ({
  async find(id) {
    const item = await readItem(table, keyOf.releasePlan(id));
    return item && fromItem(StoredReleasePlan, item);
  },
  async *due(until) {
    for await (const item of due(table, 'RELEASE', until)) yield fromItem(StoredReleasePlan, item);
  },
  begin: (plan, delivery) => commitWith(table, putNew(table, itemOf(plan)), delivery),
  advance: (plan, next, delivery) => commitWith(table, next ? replace(table, plan, next) : drop(table, plan), delivery),
  async end(id) {
    await commit(table, [remove(table, keyOf.releasePlan(id))]);
  },
});

/** The plan and the delivery together; a delivery that is there already needs no second planning. */
async function commitWith(table: Table, plan: Write, delivery: StoredDelivery | undefined): Promise<boolean> {
  const result = await commit(table, [plan, ...(delivery ? writePlanned(table, delivery) : [])]);
  if (result.committed) return true;
  if (result.failed.includes(0) || !delivery) return false;
  return commitWith(table, plan, undefined);
}

const itemOf = (plan: ReleasePlan): Item =>
  toItem('release-plan', keyOf.releasePlan(plan.agreementId), plan, { due: { partition: 'RELEASE', at: plan.nextAt } });

/** A resumption may leave the moment as it is: the activation tells the two plans apart. */
const unmoved = ({ nextAt, activation }: ReleasePlan) => ({
  ConditionExpression: 'nextAt = :read AND (activation = :activation OR attribute_not_exists(activation))',
  ExpressionAttributeValues: { ':read': nextAt, ':activation': activation },
});

const replace = (table: Table, plan: ReleasePlan, next: ReleasePlan): Write => ({
  Put: { TableName: table.name, Item: itemOf(next), ...unmoved(plan) },
});

const drop = (table: Table, plan: ReleasePlan): Write => ({
  Delete: { TableName: table.name, Key: keyOf.releasePlan(plan.agreementId), ...unmoved(plan) },
});
