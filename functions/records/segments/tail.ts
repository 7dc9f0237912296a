const LF = 0x0a;
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, LF]);
/** The marks of UTF-8 and of GB18030. */
const MARKS = [
  [0xef, 0xbb, 0xbf],
  [0x84, 0x31, 0x95, 0x33],
];
const LONGEST_MARK = 4;

/** What passes is looked at for how it ends. Blanks and line breaks are never part of a longer character in UTF-8 or GB18030. */
export class Tail {
  private head: Buffer = Buffer.alloc(0);
  private length = 0;
  private last = LF;
  /** Length up to the last byte that is no blank, and line breaks behind it. */
  private inked = 0;
  private breaks = 0;

  async *follow(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      this.add(chunk);
      yield chunk;
    }
  }

  get endsLine(): boolean {
    return this.last === LF;
  }

  /** Lines at the end that have nothing but blanks, of what ends with a line break. */
  get blankLines(): number {
    const isBlank = this.inked === 0 || MARKS.some((mark) => this.inked === mark.length && this.beginsWith(mark));
    return isBlank ? this.breaks : this.breaks - 1;
  }

  private add(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (this.head.length < LONGEST_MARK) this.head = Buffer.concat([this.head, chunk.subarray(0, LONGEST_MARK)]);
    let breaks = 0;
    let end = chunk.length;
    for (; end > 0 && BLANKS.has(chunk[end - 1] ?? 0); end -= 1) if (chunk[end - 1] === LF) breaks += 1;
    if (end > 0) this.inked = this.length + end;
    this.breaks = end > 0 ? breaks : this.breaks + breaks;
    this.length += chunk.length;
    this.last = chunk.at(-1) ?? 0;
  }

  private beginsWith(mark: readonly number[]): boolean {
    return mark.every((byte, i) => this.head[i] === byte);
  }
}
