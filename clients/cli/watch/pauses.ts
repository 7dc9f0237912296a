const FIRST_SECONDS = 10;
const LONGEST_SECONDS = 900;

/** Seconds until the next try: 10, 20, 40 … at most a quarter of an hour. `tries` counts the failed ones, from 1. */
export const pauseAfter = (tries: number): number => Math.min(FIRST_SECONDS * 2 ** (tries - 1), LONGEST_SECONDS);

interface Waiting<T> {
  readonly item: T;
  readonly tries: number;
  /** Milliseconds of the given clock. */
  readonly at: number;
}

/** What failed and waits for its next try; forgotten with the process, since a restart tries everything anyway. */
export class Retries<T> {
  readonly #waiting = new Map<string, Waiting<T>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds until it may be tried again. */
  failed(id: string, item: T): { readonly tries: number; readonly seconds: number } {
    const tries = (this.#waiting.get(id)?.tries ?? 0) + 1;
    const seconds = pauseAfter(tries);
    this.#waiting.set(id, { item, tries, at: this.#now() + seconds * 1000 });
    return { tries, seconds };
  }

  settled(id: string): void {
    this.#waiting.delete(id);
  }

  /** Seconds that a delivery has to wait; 0 when it may be tried. */
  secondsLeft(id: string): number {
    const waiting = this.#waiting.get(id);
    return waiting === undefined ? 0 : Math.max(0, Math.ceil((waiting.at - this.#now()) / 1000));
  }

  due(): T[] {
    return [...this.#waiting.values()].filter(({ at }) => at <= this.#now()).map(({ item }) => item);
  }

  /** Seconds until the next one is due, at most `atMost`. */
  nextIn(atMost: number): number {
    const soonest = Math.min(...[...this.#waiting.values()].map(({ at }) => at));
    return Math.max(0, Math.min(atMost, Math.ceil((soonest - this.#now()) / 1000)));
  }
}
