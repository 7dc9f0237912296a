/** Where events wait, durably and in order, until whoever listens has taken them. */
export interface OutboxSource<Event, Id> {
  /** The oldest that wait, in order; all of them or as many as are handed on at once. */
  pending(): Waiting<Event, Id> | Promise<Waiting<Event, Id>>;
  deliver(event: Event): Promise<void>;
  settle(id: Id): void | Promise<void>;
}

type Waiting<Event, Id> = readonly { readonly id: Id; readonly event: Event }[];

const RETRY_MS = 1_000;

/** Hands events on in order, at least once: one that is not taken is offered again, before any later one. */
export class Outbox<Event, Id> {
  readonly #source: OutboxSource<Event, Id>;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(source: OutboxSource<Event, Id>) {
    this.#source = source;
  }

  /** Offers what an earlier process has left, once the caller had its turn. */
  start(): void {
    setImmediate(() => this.wake());
  }

  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#again = false;
      const waiting = await this.#source.pending();
      for (const { id, event } of waiting) {
        if (this.#stopped) return;
        if (!(await this.#taken(event))) return this.#retryLater();
        await this.#source.settle(id);
      }
      if (waiting.length === 0 && !this.#again) return;
    }
  }

  async #taken(event: Event): Promise<boolean> {
    try {
      await this.#source.deliver(event);
      return true;
    } catch {
      return false;
    }
  }

  #retryLater(): void {
    this.#again = false;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.wake(), RETRY_MS);
    this.#retry.unref();
  }
}
