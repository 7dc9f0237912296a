/** Where events wait, durably, until whoever listens has taken them. */
export interface Source<Event, Id> {
  /** The oldest that wait, in order; all of them or as many as are handed on at once. */
  pending(): Waiting<Event, Id> | Promise<Waiting<Event, Id>>;
  /** Rejects where the event is not taken. */
  deliver(event: Event): Promise<void>;
  settle(id: Id): void | Promise<void>;
}

export type Waiting<Event, Id> = readonly { readonly id: Id; readonly event: Event }[];

/** How long an event that was not taken is left alone. */
export const RETRY_MS = 1_000;
/** How long a stop waits for a listener. */
export const STOP_MS = 2_000;

/** Hands events on in order, at least once: one that is not taken is offered again, before any later one. */
export class OrderlyDelivery<Event, Id> {
  readonly #source: Source<Event, Id>;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(source: Source<Event, Id>) {
    this.#source = source;
  }

  /** There is, or may be, something to hand on. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) this.wake();
    });
  }

  /** Waits for the delivery under way, but not for a listener that never answers. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await Promise.race([this.#running, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stopped) {
        this.#again = false;
        const waiting = await this.#source.pending();
        for (const { id, event } of waiting) {
          if (this.#stopped) return;
          await this.#source.deliver(event);
          await this.#source.settle(id);
        }
        if (waiting.length === 0 && !this.#again) return;
      }
    } catch {
      // Not taken, or not to be read just now: offered again.
      this.#retryLater();
    }
  }

  #retryLater(): void {
    this.#again = false;
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.wake(), RETRY_MS);
    this.#retry.unref();
  }
}
