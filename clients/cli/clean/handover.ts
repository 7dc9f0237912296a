interface Waiting {
  readonly resolve: (result: IteratorResult<Uint8Array>) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Hands pieces from whoever makes them to whoever reads them, one at a time. A reader that leaves early is no fault: what
 * comes afterwards is given to nobody.
 */
export class Handover implements AsyncIterable<Uint8Array> {
  private waiting: Waiting | undefined;
  private fault: unknown;
  private offered: { readonly chunk: Uint8Array; readonly taken: () => void } | undefined;
  private state: 'open' | 'ended' | 'failed' | 'left' = 'open';

  /** Made by work that gives piece by piece; what it throws, the reader is thrown. */
  static from(work: (handover: Handover) => Promise<void>): Handover {
    const handover = new Handover();
    work(handover).then(
      () => handover.end(),
      (fault: unknown) => handover.fail(fault),
    );
    return handover;
  }

  /** Somebody still reads. */
  get isWanted(): boolean {
    return this.state === 'open';
  }

  /** Resolves when the piece has been taken; its memory may be used again when the next one is asked for. */
  async give(chunk: Uint8Array): Promise<void> {
    if (this.state !== 'open' || chunk.length === 0) return;
    // The reader may still look at the piece while the next is being made.
    const copy = Uint8Array.from(chunk);
    if (this.waiting) return this.answer({ done: false, value: copy });
    await new Promise<void>((resolve) => (this.offered = { chunk: copy, taken: resolve }));
  }

  end(): void {
    if (this.state === 'open') this.state = 'ended';
    this.answer({ done: true, value: undefined });
  }

  private fail(fault: unknown): void {
    if (this.state !== 'open') return;
    this.state = 'failed';
    this.fault = fault;
    this.waiting?.reject(fault);
    this.waiting = undefined;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return { next: () => this.next(), return: () => this.leave() };
  }

  private next(): Promise<IteratorResult<Uint8Array>> {
    const { offered } = this;
    if (offered) {
      this.offered = undefined;
      offered.taken();
      return Promise.resolve({ done: false, value: offered.chunk });
    }
    if (this.state === 'failed') return Promise.reject(this.fault);
    if (this.state !== 'open') return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }));
  }

  private leave(): Promise<IteratorResult<Uint8Array>> {
    this.state = 'left';
    this.offered?.taken();
    this.offered = undefined;
    return Promise.resolve({ done: true, value: undefined });
  }

  private answer(result: IteratorResult<Uint8Array>): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(result);
  }
}
