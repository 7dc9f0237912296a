import type { Mailbox, Received } from '../../protocol/mailbox.ts';

export interface LookOptions {
  /** For the first notice; every further look is short. */
  readonly waitSeconds: number;
  readonly atMost?: number;
  readonly signal?: AbortSignal;
  /** Ends the look early: what was searched is found. */
  readonly until?: (received: Received) => boolean;
}

/** Long enough to see a mailbox to its end, short enough that a killed look hides nothing for long. */
const HIDDEN_SECONDS = 30;

/**
 * What a mailbox holds, each delivery once, though SQS may give a message twice. While it looks, what it has seen is
 * hidden from others: give it back with `giveBack`, or remove it.
 */
export async function lookThrough(
  mailbox: Mailbox,
  { waitSeconds, atMost = 1000, signal, until }: LookOptions,
): Promise<Received[]> {
  const seen: Received[] = [];
  const isStopped = () => signal?.aborted === true;
  for (let wait = waitSeconds; seen.length < atMost && !isStopped(); wait = 1) {
    const batch = await mailbox.poll(wait, { hiddenFor: HIDDEN_SECONDS, ...(signal && { signal }) });
    seen.push(...batch);
    if (batch.length === 0 || (until && batch.some(until))) break;
  }
  return seen;
}

/** Others see them again at once. Best effort: otherwise they do in half a minute. */
export async function giveBack(mailbox: Mailbox, seen: readonly Received[]): Promise<void> {
  await Promise.allSettled(seen.map((received) => mailbox.hide(received, 0)));
}

/** Each delivery once. */
export const distinct = (seen: readonly Received[]): Received[] => [
  ...new Map(seen.map((received) => [received.notice.deliveryId, received])).values(),
];
