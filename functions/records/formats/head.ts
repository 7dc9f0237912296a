/** A byte stream whose beginning was looked at. */
export interface Headed {
  readonly head: Uint8Array;
  /** All of it, the head too. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Stops reading, where the input is not read. */
  close(): Promise<void>;
}

/**
 * Reads until `enough` says so, or to the end.
 * @param most bytes after which no more is read for the head, whatever `enough` says
 */
export async function headed(
  input: AsyncIterable<Uint8Array>,
  enough: (head: Uint8Array) => boolean,
  most: number,
): Promise<Headed> {
  const source = input[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < most && !enough(head)) {
    const next: IteratorResult<Uint8Array, unknown> = await source.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const rest = new After(head, source);
  return { head, input: { [Symbol.asyncIterator]: () => rest }, close: async () => void (await rest.return()) };
}

/** Closing it closes the source, read on or not. */
class After implements AsyncIterator<Uint8Array> {
  private head: Uint8Array;
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(head: Uint8Array, source: AsyncIterator<Uint8Array>) {
    this.head = head;
    this.source = source;
  }

  async next(): Promise<IteratorResult<Uint8Array, unknown>> {
    if (this.head.length === 0) return this.source.next();
    const { head } = this;
    this.head = new Uint8Array(0);
    return { done: false, value: head };
  }

  async return(): Promise<IteratorResult<Uint8Array, unknown>> {
    await this.source.return?.();
    return { done: true, value: undefined };
  }
}
