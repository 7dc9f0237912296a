import type { Mailbox, Received } from '../../node/mailbox.ts';

/** Short, so that a killed watch hides nothing for long; renewed as long as this one lives. */
export const HIDDEN_SECONDS = 60;
const RENEW_MS = 20_000;

/** Messages in work: hidden from others for as long as it takes, however long a program runs. */
export class Holding {
  readonly #mailbox: Mailbox;
  readonly #held = new Set<Received>();
  readonly #timer: NodeJS.Timeout;

  constructor(mailbox: Mailbox) {
    this.#mailbox = mailbox;
    this.#timer = setInterval(() => void this.#renew(), RENEW_MS);
    this.#timer.unref();
  }

  hold(received: readonly Received[]): void {
    for (const each of received) this.#held.add(each);
  }

  async remove(received: Received): Promise<void> {
    this.#held.delete(received);
    await this.#mailbox.remove(received);
  }

  /** Seen again after so many seconds. A message that cannot be hidden comes back sooner, which does no harm. */
  async putBack(received: Received, seconds: number): Promise<void> {
    this.#held.delete(received);
    await this.#mailbox.hide(received, seconds).catch(() => {});
  }

  /** Gives back at once whatever is still held. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#held].map((received) => this.putBack(received, 0)));
  }

  /** A renewal that fails (network, message gone) is made up for by the next one, or by the journal. */
  async #renew(): Promise<void> {
    await Promise.allSettled([...this.#held].map((received) => this.#mailbox.hide(received, HIDDEN_SECONDS)));
  }
}
