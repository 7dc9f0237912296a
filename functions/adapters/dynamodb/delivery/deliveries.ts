import type { Evidence } from '../../../../schemas/contracts/evidence.ts';
import { DeliveryId, type AgreementId } from '../../../../schemas/contracts/ids.ts';
import type { RestsOn } from '../../../../schemas/stored/datasets.ts';
import { StoredDelivery } from '../../../../schemas/stored/delivery.ts';
import type { Deliveries, DueDelivery } from '../../../delivery/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeAnswer } from '../answers.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { change } from '../table/change.ts';
import { carriedBefore, marked, postpone, unmark } from '../table/due.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import { commit, onlyWhile } from '../table/write.ts';
import { history, provided } from './listed.ts';
import { planAll, providedList } from './planned.ts';
import { releasing } from './released.ts';
import { endRetention, forgetRetention, noticed, withdraw } from './retained.ts';
import { whileAllActive } from './while-active.ts';

const READS_AT_ONCE = 25;

export const dynamoDeliveries = (table: Table): Deliveries => ({
  find: (id) => readDelivery(table, id),
  plan: (deliveries) => planAll(table, deliveries),
  release: releasing(table),

  async annul(id, reason, notices = []) {
    const delivery = await readDelivery(table, id);
    if (delivery?.state !== 'planned') return false;
    const { partition, position } = providedList(delivery, delivery.plannedAt);
    const result = await commit(table, [
      change(table, keyOf.delivery(id), {
        set: { state: 'void', voidReason: reason, listPk: partition, listSk: position },
        remove: ['lookAgainAt', ...carriedBefore],
        when: '#state = :planned',
        values: { planned: 'planned' },
      }),
      unmark(table, 'delivery', keyOf.delivery(id)),
      ...writeMessages(table, notices),
    ]);
    return result.committed;
  },

  noticed: (id, retainedUntil) => noticed(table, id, retainedUntil),
  withdraw: (delivery) => withdraw(table, delivery),
  endRetention: (delivery, endedAt, evidence) => endRetention(table, delivery, endedAt, evidence),
  unmark: (id) => forgetRetention(table, id),
  retained: (until) => dueFor(table, 'retention', until),

  async receive(delivery, receivedAt, evidence, answer) {
    const { deliveryId, consumer, position } = delivery;
    if (position === undefined) throw new Fault(`delivery ${deliveryId} has no position in its consumer's history`);
    const when = '#state IN (:released, :noticed) AND attribute_not_exists(#receivedAt)';
    const result = await commit(table, [
      change(table, keyOf.delivery(deliveryId), {
        set: { receivedAt },
        when,
        values: { released: 'released', noticed: 'noticed' },
      }),
      change(table, keyOf.mailboxDelivery(consumer, position), { set: { receivedAt }, when: 'attribute_exists(#pk)' }),
      ...writeEvidence(table, evidence),
      ...writeAnswer(table, answer),
    ]);
    return result.committed;
  },

  async remember(answer) {
    if (answer) await commit(table, writeAnswer(table, answer));
  },

  request: (delivery, evidence, restsOn) => request(table, delivery, evidence, restsOn),
  ofAgreement: (id) => ofAgreement(table, id),

  due: (until) => dueFor(table, 'delivery', until),
  async lookNoMore({ deliveryId }) {
    await commit(table, [unmark(table, 'delivery', keyOf.delivery(deliveryId))]);
  },
  async postpone({ deliveryId, state }, at) {
    const key = keyOf.delivery(deliveryId);
    await (state === 'noticed' ? postpone(table, 'retention', key, at) : postpone(table, 'delivery', key, at, state));
  },

  history: (consumer, query) => history(table, consumer, query),
  provided: (provider, query) => provided(table, provider, query),
});

async function* dueFor(table: Table, purpose: 'delivery' | 'retention', until: string): AsyncGenerator<DueDelivery> {
  for await (const item of marked(table, purpose, until)) yield { deliveryId: DeliveryId.parse(item['deliveryId']) };
}

async function readDelivery(table: Table, id: DeliveryId): Promise<StoredDelivery | undefined> {
  const item = await readItem(table, keyOf.delivery(id));
  return item && fromItem(StoredDelivery, item);
}

/** No evidence without a right to the content, no content without evidence. */
async function request(
  table: Table,
  delivery: StoredDelivery,
  evidence: Evidence,
  restsOn: readonly RestsOn[] = [],
): Promise<boolean> {
  const result = await commit(table, [
    ...whileAllActive(table, delivery, restsOn),
    onlyWhile(table, keyOf.grant(delivery.extractId, delivery.deliveryId), 'attribute_exists(pk)'),
    ...writeEvidence(table, evidence),
  ]);
  return result.committed;
}

async function* ofAgreement(table: Table, id: AgreementId): AsyncGenerator<StoredDelivery> {
  let batch: DeliveryId[] = [];
  for await (const { position } of walk(table, { from: { pk: keyOf.agreement(id).pk, prefix: 'DELIVERY#' } })) {
    batch.push(DeliveryId.parse(position));
    if (batch.length < READS_AT_ONCE) continue;
    yield* await readAll(table, batch);
    batch = [];
  }
  yield* await readAll(table, batch);
}

async function readAll(table: Table, ids: readonly DeliveryId[]): Promise<readonly StoredDelivery[]> {
  const found = await Promise.all(ids.map((id) => readDelivery(table, id)));
  return found.filter((delivery) => delivery !== undefined);
}
