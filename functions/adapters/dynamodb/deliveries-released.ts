import * as z from 'zod';
import type { StoredDelivery } from '../../../schemas/contracts/deliveries.ts';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Release } from '../../delivery/ports.ts';
import { pointerOf } from './deliveries-listed.ts';
import { providedList } from './deliveries-planned.ts';
import { change, whileActive } from './deliveries-update.ts';
import { writeEvidence } from './evidence.ts';
import { keyOf } from './keys.ts';
import { commit, fromItem, putNew, readItem, toItem, type Table, type Write } from './table.ts';

const Mailbox = z.object({ department: z.string(), position: z.int() });

/** Many deliveries to one consumer at once count on the same number; each round lets at least one of them through. */
const ATTEMPTS = 60;

/** What each failed condition means, in the order of the transaction's writes. */
const meanings = ['not-planned', 'agreement-not-active', 'extract-gone', 'not-planned'] as const;

/** The end of a consumer's history, as far as this process knows it. */
interface History {
  /** Known from its last release; somebody else may have moved it since, which the transaction's condition finds out. */
  last: number | undefined;
  turn: Promise<unknown>;
}

/**
 * See the port: delivery, agreement, extract, grant, the consumer's history, evidence – all or nothing. Releases to one consumer
 * take turns within a process, for each moves the end of the same history.
 */
export function releasing(table: Table): (delivery: StoredDelivery, evidence: Evidence) => Promise<Release> {
  const histories = new Map<DepartmentId, History>();
  return (delivery, evidence) => {
    const history = histories.get(delivery.consumer) ?? { last: undefined, turn: Promise.resolve() };
    histories.set(delivery.consumer, history);
    const released = history.turn.then(() => release(table, history, delivery, evidence));
    history.turn = released.catch(() => undefined);
    return released;
  };
}

async function release(table: Table, history: History, delivery: StoredDelivery, evidence: Evidence): Promise<Release> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const last = history.last ?? (await lastPosition(table, delivery.consumer));
    // Until it is known how this one ends.
    history.last = undefined;
    const result = await commit(table, writesOf(table, delivery, evidence, last));
    if (result.committed) {
      history.last = last + 1;
      return 'released';
    }
    const meaning = meanings[Math.min(...result.failed)];
    if (meaning) return meaning;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(200, 5 * attempt)));
  }
  throw new Fault(`the history of ${delivery.consumer} moved on ${ATTEMPTS} times`);
}

function writesOf(table: Table, delivery: StoredDelivery, evidence: Evidence, last: number): readonly Write[] {
  const {
    deliveryId,
    extractId,
    agreementId,
    termsVersion,
    consumer,
    lookAgainAt,
    state,
    releasedAt,
    rows,
    changes,
    bytes,
    sha256,
  } = delivery;
  const position = last + 1;
  const list = providedList(delivery, releasedAt ?? '');
  return [
    change(table, keyOf.delivery(deliveryId), {
      set: {
        state,
        releasedAt,
        rows,
        ...(changes && { changes }),
        bytes,
        sha256,
        position,
        lookAgainAt,
        duePk: 'DELIVERY',
        dueSk: lookAgainAt,
        listPk: list.partition,
        listSk: list.position,
      },
      when: '#state = :planned',
      values: { planned: 'planned' },
    }),
    whileActive(table, agreementId, termsVersion),
    {
      Update: {
        TableName: table.name,
        Key: keyOf.extract(extractId),
        // Granted: the sweeper need not look whether anybody ever was.
        UpdateExpression: 'ADD grants :one REMOVE duePk, dueSk',
        ConditionExpression: '#state = :ready',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':one': 1, ':ready': 'ready' },
      },
    },
    putNew(table, toItem('grant', keyOf.grant(extractId, deliveryId), { deliveryId, extractId })),
    moveMailbox(table, consumer, last),
    putNew(table, toItem('pointer', keyOf.mailboxDelivery(consumer, position), pointerOf(delivery))),
    writeEvidence(table, evidence),
  ];
}

async function lastPosition(table: Table, department: DepartmentId): Promise<number> {
  const item = await readItem(table, keyOf.mailbox(department));
  return item ? fromItem(Mailbox, item).position : 0;
}

const moveMailbox = (table: Table, department: DepartmentId, last: number): Write => ({
  Put: {
    TableName: table.name,
    Item: toItem('mailbox', keyOf.mailbox(department), { department, position: last + 1 }),
    ...(last === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#position = :last',
          ExpressionAttributeNames: { '#position': 'position' },
          ExpressionAttributeValues: { ':last': last },
        }),
  },
});
