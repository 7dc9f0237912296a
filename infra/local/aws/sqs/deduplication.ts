/** SQS Developer Guide, "Exactly-once processing in Amazon SQS": five minutes. */
const INTERVAL_MS = 5 * 60_000;

/** Which messages of FIFO queues were sent lately, by their deduplication ids; forgotten when the hub ends. */
export class Deduplication {
  readonly #sent = new Map<string, { readonly id: string; readonly at: number }>();

  /** The id of the message that was sent with this deduplication id within the interval; else this one is noted. */
  before(queue: string, deduplicationId: string | undefined, id: string, now: number): string | undefined {
    if (deduplicationId === undefined) return undefined;
    for (const [key, { at }] of this.#sent) {
      if (now - at < INTERVAL_MS) break;
      this.#sent.delete(key);
    }
    const key = `${queue} ${deduplicationId}`;
    const known = this.#sent.get(key);
    if (known) return known.id;
    this.#sent.set(key, { id, at: now });
    return undefined;
  }
}
