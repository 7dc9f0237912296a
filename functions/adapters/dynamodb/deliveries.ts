import { StoredDelivery } from '../../../schemas/contracts/deliveries.ts';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import { DeliveryId, type AgreementId } from '../../../schemas/contracts/ids.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Deliveries } from '../../delivery/ports.ts';
import { writeAnswer } from './answers.ts';
import { history, provided } from './deliveries-listed.ts';
import { planAll, providedList } from './deliveries-planned.ts';
import { release } from './deliveries-released.ts';
import { change, whileActive } from './deliveries-update.ts';
import { writeEvidence } from './evidence.ts';
import { keyOf } from './keys.ts';
import { commit, due, fromItem, readItem, walk, type Table } from './table.ts';

export const dynamoDeliveries = (table: Table): Deliveries => ({
  find: (id) => readDelivery(table, id),
  plan: (deliveries) => planAll(table, deliveries),
  release: (delivery, evidence) => release(table, delivery, evidence),

  async annul(id, reason) {
    const delivery = await readDelivery(table, id);
    if (delivery?.state !== 'planned') return false;
    const { partition, position } = providedList(delivery, delivery.plannedAt);
    const result = await commit(table, [
      change(table, keyOf.delivery(id), {
        set: { state: 'void', voidReason: reason, listPk: partition, listSk: position },
        remove: ['lookAgainAt', 'duePk', 'dueSk'],
        when: '#state = :planned',
        values: { planned: 'planned' },
      }),
    ]);
    return result.committed;
  },

  async noticed(id) {
    await commit(table, [
      change(table, keyOf.delivery(id), {
        set: { state: 'noticed' },
        remove: ['lookAgainAt', 'duePk', 'dueSk'],
        when: '#state = :released',
        values: { released: 'released' },
      }),
    ]);
  },

  async withdraw({ extractId, deliveryId }) {
    await commit(table, [
      {
        Delete: {
          TableName: table.name,
          Key: keyOf.grant(extractId, deliveryId),
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
      {
        Update: {
          TableName: table.name,
          Key: keyOf.extract(extractId),
          UpdateExpression: 'ADD grants :less',
          ConditionExpression: 'grants >= :one',
          ExpressionAttributeValues: { ':less': -1, ':one': 1 },
        },
      },
    ]);
  },

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
      writeEvidence(table, evidence),
      ...writeAnswer(table, answer),
    ]);
    return result.committed;
  },

  async remember(answer) {
    if (answer) await commit(table, writeAnswer(table, answer));
  },

  request: (delivery, evidence) => request(table, delivery, evidence),
  ofAgreement: (id) => ofAgreement(table, id),

  async *due(until) {
    for await (const item of due(table, 'DELIVERY', until)) yield fromItem(StoredDelivery, item);
  },

  async postpone({ deliveryId, state }, lookAgainAt) {
    await commit(table, [
      change(table, keyOf.delivery(deliveryId), {
        set: { lookAgainAt, dueSk: lookAgainAt },
        when: '#state = :state AND attribute_exists(#duePk)',
        values: { state },
      }),
    ]);
  },

  history: (consumer, query) => history(table, consumer, query),
  provided: (provider, query) => provided(table, provider, query),
});

async function readDelivery(table: Table, id: DeliveryId): Promise<StoredDelivery | undefined> {
  const item = await readItem(table, keyOf.delivery(id));
  return item && fromItem(StoredDelivery, item);
}

/** No evidence without a right to the content, no content without evidence. */
async function request(
  table: Table,
  { agreementId, termsVersion, extractId, deliveryId }: StoredDelivery,
  evidence: Evidence,
): Promise<boolean> {
  const result = await commit(table, [
    whileActive(table, agreementId, termsVersion),
    {
      ConditionCheck: {
        TableName: table.name,
        Key: keyOf.grant(extractId, deliveryId),
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
    writeEvidence(table, evidence),
  ]);
  return result.committed;
}

async function* ofAgreement(table: Table, id: AgreementId): AsyncGenerator<StoredDelivery> {
  for await (const { position } of walk(table, { from: { pk: keyOf.agreement(id).pk, prefix: 'DELIVERY#' } })) {
    const delivery = await readDelivery(table, DeliveryId.parse(position));
    if (delivery) yield delivery;
  }
}
