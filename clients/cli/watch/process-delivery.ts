import { resolve } from 'node:path';
import { download, giveReceipt } from '../../node/consumer.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { isRefusal } from '../../protocol/refused.ts';
import { routes } from '../../protocol/routes.ts';
import { whyWithheld } from '../../protocol/withheld.ts';
import { of, type WatchEvent } from './events.ts';
import { placeFor, removeReplaced } from './files.ts';
import { markOf, type Journal } from './journal.ts';
import type { LeftBehind } from './left-behind.ts';
import { standing, type Due, type Mark } from './order.ts';
import { run } from './program.ts';

export interface Consumer {
  readonly client: HubClient;
  readonly journal: Journal;
  readonly leftBehind: LeftBehind;
  readonly folder: string;
  readonly command: string;
  /** Whether replaced snapshots stay in the folder. */
  readonly keep: boolean;
  readonly quiet: boolean;
}

/** The program did not succeed; told as it is, without a stack. */
class ProgramFailedError extends Error {
  override readonly name = 'ProgramFailedError';
}

/**
 * One delivery, from the hub to its receipt. Whatever moment it is interrupted, the same call again goes on:
 *
 *   fetch, verify → run the program → note "processed" → receipt → note "receipt"
 *
 * Interrupted before "processed", the program runs again; after it, only the receipt is owed. The caller removes the
 * message when this has returned, unless the agreement is `suspended`. What fails is thrown; nothing is told of what was
 * settled before.
 */
export async function processDelivery(consumer: Consumer, due: Due): Promise<WatchEvent | undefined> {
  const mark = await markFor(consumer, due);
  const stands = standing(due, mark);
  if (stands === 'new') return processNew(consumer, due);
  if (stands === 'older') return { event: 'skipped', reason: 'older', ...of(due) };
  if (mark?.receipt) return undefined;
  await receipt(consumer, due);
  return { event: 'receipt', ...of(due) };
}

async function processNew(consumer: Consumer, due: Due): Promise<WatchEvent> {
  const started = performance.now();
  const file = resolve(await placeFor(consumer.folder, due));
  try {
    await download(consumer.client, due.deliveryId, file);
  } catch (fault) {
    const reason = await whyWithheld(consumer.client, due, fault);
    if (reason === undefined) throw fault;
    return reason === 'suspended' ? { event: reason, ...of(due) } : { event: 'skipped', reason, ...of(due) };
  }
  await runOn(consumer, due, file);
  await consumer.journal.set(due.agreementId, markOf(due, false));
  await receipt(consumer, due);
  if (!consumer.keep) await removeReplaced(file);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  return { event: 'processed', file, rows: due.rows, seconds, ...of(due) };
}

async function runOn({ command, quiet, leftBehind }: Consumer, due: Due, file: string): Promise<void> {
  const onStart = (pid: number) => leftBehind.note(pid, due.deliveryId);
  const failure = await run({ command, file, due, quiet, onStart });
  await leftBehind.ended();
  if (failure !== undefined) throw new ProgramFailedError(failure);
}

async function receipt({ client, journal }: Consumer, due: Due): Promise<void> {
  try {
    await giveReceipt(client, due.deliveryId, due.sha256);
  } catch (fault) {
    // An agreement that ended meanwhile may leave nothing to confirm; the program has had the file all the same.
    if (!isRefusal(fault, 'not-released', 'not-found')) throw fault;
  }
  await journal.set(due.agreementId, markOf(due, true));
}

/** A folder that does not know an agreement asks the hub, once, for the newest delivery that has a receipt. */
async function markFor({ client, journal }: Consumer, due: Due): Promise<Mark | undefined> {
  const known = journal.mark(due.agreementId);
  if (known) return known;
  let newest: Mark | undefined;
  for await (const delivery of client.list(routes.listDeliveries, { query: { agreementId: due.agreementId } })) {
    const mark = markOf(delivery, true);
    if (delivery.receivedAt !== undefined && (!newest || standing(delivery, newest) === 'new')) newest = mark;
  }
  return newest;
}
