import type { Output } from './output.ts';
import { COMMA, QUOTED, type Scanner } from './scanner.ts';

/** Where a column of what is written comes from: a cell of the record, by index, or a text that stands in every record. */
export type Source = number | Buffer;

/** Cells of a record in another order, or only some of them; each as it came, with the quotes that it came with. */
export class Layout {
  private readonly sources: readonly Source[];

  constructor(sources: readonly Source[]) {
    this.sources = sources;
  }

  /** Length of the record just read by the scanner, once written, without a line break. */
  size({ offsets, flags }: Scanner): number {
    let size = this.sources.length - 1;
    for (const source of this.sources) {
      if (typeof source !== 'number') size += source.length;
      else size += (offsets[source * 2 + 1] ?? 0) - (offsets[source * 2] ?? 0) + 2 * ((flags[source] ?? 0) & QUOTED);
    }
    return size;
  }

  write(bytes: Uint8Array, { offsets, flags }: Scanner, output: Output): void {
    for (let i = 0; i < this.sources.length; i += 1) {
      const source = this.sources[i] ?? 0;
      if (i > 0) output.byte(COMMA);
      if (typeof source === 'number') {
        const quote = (flags[source] ?? 0) & QUOTED;
        output.append(bytes, (offsets[source * 2] ?? 0) - quote, (offsets[source * 2 + 1] ?? 0) + quote);
      } else {
        output.append(source, 0, source.length);
      }
    }
  }
}
