import type { Comparisons, Finish } from '../../../compare/stores.ts';
import { Fault } from '../../../kernel/fault.ts';
import { endAttempt } from '../delivery/attempts.ts';
import { pointerOf } from '../delivery/listed.ts';
import { ATTEMPTS, lastPosition, moveMailbox, pause } from '../delivery/mailbox.ts';
import { markOf, providedList } from '../delivery/planned.ts';
import { whileAllActive } from '../delivery/while-active.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { commit, put, putNew, type Write } from '../table/write.ts';
import { replaceOrder, whenDue } from './order-items.ts';

type Result = NonNullable<Finish['result']>;

/**
 * See the port: what a comparison came to and its delivery, all or nothing. Another delivery to the same consumer may take
 * the place in its history meanwhile; then it is tried with the next.
 *
 * @param change of the comparison itself; the first write is the one that fails where another attempt was quicker;
 * where its order is another by then, it is stale as well
 */
export async function finish(
  table: Table,
  { comparison, restsOn, result, order, evidence, notices = [] }: Finish,
  change: readonly Write[],
): ReturnType<Comparisons['finish']> {
  const { comparisonId, consumer } = comparison;
  const told = order ? [replaceOrder(table, order.next, order.was)] : [];
  const active = whileAllActive(table, comparison, restsOn);
  const fenced = change.length + told.length;
  const moving = fenced + active.length;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const last = result ? await lastPosition(table, consumer) : 0;
    const moved = result ? [moveMailbox(table, consumer, last, last + 1)] : [];
    const { committed, ...outcome } = await commit(table, [
      ...change,
      ...told,
      ...active,
      ...moved,
      ...(result ? granted(table, result, last + 1) : []),
      ...(evidence ? writeEvidence(table, evidence) : []),
      ...writeMessages(table, notices),
      // What was kept of the result before is removed.
      ...(order ? [whenDue(table, order.next.reconciliationId, comparison.finishedAt)] : []),
    ]);
    if (committed) return 'finished';
    const failed = 'failed' in outcome ? outcome.failed : [];
    if (failed.includes(0) || (order && failed.includes(change.length))) return 'stale';
    if (failed.some((position) => position >= fenced && position < moving)) return 'agreement-not-active';
    if (!failed.includes(moving))
      throw new Fault(`the result of comparison ${comparisonId} is in its own way: writes ${failed.join(', ')}`);
    await pause(attempt);
  }
  throw new Fault(`the history of ${consumer} moved on ${ATTEMPTS} times`);
}

/** The delivery as the release of any other leaves it. */
function granted(table: Table, { delivery: released, extract }: Result, position: number): readonly Write[] {
  const delivery = { ...released, position };
  const { deliveryId, extractId, agreementId, consumer, releasedAt = '' } = delivery;
  return [
    endAttempt(table, { extractId, key: extract.object.key }, 'attribute_exists(pk) AND attribute_not_exists(givenUp)'),
    putNew(table, toItem('extract', keyOf.extract(extractId), extract)),
    putNew(table, toItem('grant', keyOf.grant(extractId, deliveryId), { deliveryId, extractId })),
    putNew(
      table,
      toItem('delivery', keyOf.delivery(deliveryId), delivery, { list: providedList(delivery, releasedAt) }),
    ),
    ...markOf(table, delivery),
    put(table, toItem('pointer', keyOf.agreementDelivery(agreementId, deliveryId), { deliveryId })),
    putNew(table, toItem('pointer', keyOf.mailboxDelivery(consumer, position), pointerOf(delivery))),
  ];
}
