import type { Mailbox, Received } from '../../node/mailbox.ts';
import type { Notice } from '../../protocol/notices.ts';

export interface LookOptions<N extends Notice = Notice> {
  /** For the first notice; every further look is short. */
  readonly waitSeconds: number;
  readonly atMost?: number;
  readonly signal?: AbortSignal;
  /** Ends the look early: what was searched is found. */
  readonly until?: (received: Received<N>) => boolean;
}

/** Long enough to see a mailbox to its end, short enough that a killed look hides nothing for long. */
const HIDDEN_SECONDS = 30;

/**
 * What a mailbox holds, though SQS may give a message twice. While it looks, what it has seen is hidden from others: give it
 * back with `giveBack`, or remove it.
 */
export const lookThrough = (mailbox: Mailbox, options: LookOptions): Promise<Received<Notice>[]> =>
  through((seconds, poll) => mailbox.pollAll(seconds, poll), options);

/** The same for deliveries alone. */
export const lookForDeliveries = (mailbox: Mailbox, options: LookOptions<Received['notice']>): Promise<Received[]> =>
  through((seconds, poll) => mailbox.poll(seconds, poll), options);

async function through<N extends Notice>(
  poll: (seconds: number, options: { hiddenFor: number; signal?: AbortSignal }) => Promise<Received<N>[]>,
  { waitSeconds, atMost = 1000, signal, until }: LookOptions<N>,
): Promise<Received<N>[]> {
  const seen: Received<N>[] = [];
  const isStopped = () => signal?.aborted === true;
  for (let wait = waitSeconds; seen.length < atMost && !isStopped(); wait = 1) {
    const batch = await poll(wait, { hiddenFor: HIDDEN_SECONDS, ...(signal && { signal }) });
    seen.push(...batch);
    if (batch.length === 0 || (until && batch.some(until))) break;
  }
  return seen;
}

/** Others see them again at once. Best effort: otherwise they do in half a minute. */
export async function giveBack(mailbox: Mailbox, seen: readonly Received<Notice>[]): Promise<void> {
  await Promise.allSettled(seen.map((received) => mailbox.hide(received, 0)));
}

export const idOf = (notice: Notice): string => (notice.type === 'delivery' ? notice.deliveryId : notice.noticeId);

/** Each notice once. */
export const distinct = (seen: readonly Received<Notice>[]): Received<Notice>[] => [
  ...new Map(seen.map((received) => [idOf(received.notice), received])).values(),
];
