import { EventEmitter, once } from 'node:events';

/** Timers beyond this overflow in Node; nobody waits that long. */
const MAX_WAIT_MS = 20_000;

/** Long polls, each waiting for its queue. */
export class Waiting {
  readonly #queues = new EventEmitter().setMaxListeners(0);

  wake(queue: string): void {
    this.#queues.emit(`queue:${queue}`);
  }

  /** Resolves when the queue is woken, at `until` (milliseconds since 1970) or when `gone` is aborted. */
  async wait(queue: string, until: number, gone: AbortSignal): Promise<void> {
    const milliseconds = Math.min(Math.max(until - Date.now(), 0) + 1, MAX_WAIT_MS);
    const signal = AbortSignal.any([gone, AbortSignal.timeout(milliseconds)]);
    await once(this.#queues, `queue:${queue}`, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
