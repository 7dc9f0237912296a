import type { SQSRecord } from 'aws-lambda';
import type { Log, Timer } from './ports.ts';

/**
 * A queue hides a message for longer than its function may run, since Lambda asks for that; so one whose worker was
 * killed would come again after a quarter of an hour. A single message may be hidden for less: its worker does that,
 * again and again while it lives, and the message comes back within these seconds of its death.
 */
export const HELD_SECONDS = 50;
/** Four of these may fail before somebody else is given the message. */
export const HOLD_EVERY_SECONDS = 10;

export interface HoldingPorts {
  readonly log: Log;
  readonly timer: Timer;
  /** Has a received message seen again so many seconds from now. */
  readonly hideFor: (record: SQSRecord, seconds: number) => Promise<void>;
}

/** Work that may take long: its message is held while it goes on. */
export const held =
  <M>(handle: (message: M, record: SQSRecord) => Promise<void>, ports: HoldingPorts): typeof handle =>
  async (message, record) => {
    const release = holdMessage(ports, record);
    try {
      await handle(message, record);
    } finally {
      await release();
    }
  };

/** @returns what ends it, and waits for a call under way: what is said of the message afterwards is the last word. */
function holdMessage({ log, timer, hideFor }: HoldingPorts, record: SQSRecord): () => Promise<void> {
  let holding: Promise<void> = Promise.resolve();
  const hold = (): void => {
    holding = holding
      .then(() => hideFor(record, HELD_SECONDS))
      .catch((error: unknown) => log.warn('message not held', { messageId: record.messageId, error }));
  };
  hold();
  const stop = timer.every(HOLD_EVERY_SECONDS, hold);
  return () => {
    stop();
    return holding;
  };
}
