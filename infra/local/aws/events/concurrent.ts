import { setTimeout as delay } from 'node:timers/promises';

import { RETRY_MS, STOP_MS, type Source, type Waiting } from './orderly.ts';

/** Read at once: what is settled while a list is awaited would be handed on a second time. */
export interface ReadySource<Event> extends Source<Event, number> {
  pending(): Waiting<Event, number>;
}

/** Enough that one slow listener does not hold up the events of others. */
const MOST_AT_ONCE = 32;

/** Hands events on side by side, at least once and in no order, as S3 and EventBridge do. */
export class ConcurrentDelivery<Event> {
  readonly #source: ReadySource<Event>;
  /** Deliveries that have begun and are not settled, resting ones included. */
  readonly #begun = new Map<number, Promise<void>>();
  readonly #stopping = new AbortController();
  #resting = 0;

  constructor(source: ReadySource<Event>) {
    this.#source = source;
  }

  /** There is, or may be, something to hand on. */
  wake(): void {
    if (this.#stopping.signal.aborted) return;
    for (const { id, event } of this.#source.pending()) {
      const busy = this.#begun.size - this.#resting;
      if (busy >= MOST_AT_ONCE) return;
      if (!this.#begun.has(id)) this.#begun.set(id, this.#handOn(id, event));
    }
  }

  /** Waits for the deliveries under way, but not for listeners that never answer. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const begun = Promise.allSettled(this.#begun.values());
    await Promise.race([begun, delay(STOP_MS, undefined, { ref: false })]);
  }

  async #handOn(id: number, event: Event): Promise<void> {
    try {
      await this.#source.deliver(event);
      await this.#source.settle(id);
    } catch {
      await this.#rest();
    }
    this.#begun.delete(id);
    this.wake();
  }

  /** Leaves an event alone for a while, without taking the place of another. */
  async #rest(): Promise<void> {
    this.#resting += 1;
    this.wake();
    await delay(RETRY_MS, undefined, { ref: false, signal: this.#stopping.signal }).catch(() => undefined);
    this.#resting -= 1;
  }
}
