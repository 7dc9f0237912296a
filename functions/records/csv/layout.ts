import { type Cells, DOUBLED, QUOTED } from './cells.ts';
import type { AnyOutput } from './output.ts';
import { COMMA, QUOTE } from './scanner.ts';

/** Where a column of what is written comes from: a cell of the record, by index, or a text that stands in every record. */
export type Source = number | Buffer;

/** Cells of a record in another order, or only some of them; each as it came, with the quotes that it came with. */
export class Layout {
  private readonly sources: readonly Source[];

  constructor(sources: readonly Source[]) {
    this.sources = sources;
  }

  get width(): number {
    return this.sources.length;
  }

  /** Length of a record once written, without a line break. */
  size({ offsets, flags, first }: Cells): number {
    let size = this.sources.length - 1;
    for (const source of this.sources) {
      if (typeof source !== 'number') size += source.length;
      else {
        const n = first + source;
        size += (offsets[n * 2 + 1] ?? 0) - (offsets[n * 2] ?? 0) + 2 * ((flags[n] ?? 0) & QUOTED);
      }
    }
    return size;
  }

  /** @param placed gets to know where the cells then stand in the output. */
  write(bytes: Uint8Array, { offsets, flags, first }: Cells, output: AnyOutput, placed?: Cells): void {
    for (let i = 0; i < this.sources.length; i += 1) {
      const source = this.sources[i] ?? 0;
      if (i > 0) output.byte(COMMA);
      const at = output.length;
      const n = typeof source === 'number' ? first + source : 0;
      const flag = typeof source === 'number' ? (flags[n] ?? 0) : flagOf(source);
      const quote = flag & QUOTED;
      if (typeof source === 'number')
        output.append(bytes, (offsets[n * 2] ?? 0) - quote, (offsets[n * 2 + 1] ?? 0) + quote);
      else output.append(source, 0, source.length);
      placed?.set(i, at + quote, output.length - quote, flag);
    }
  }
}

/** Of a cell as it is to be written. */
function flagOf(cell: Buffer): number {
  if (cell[0] !== QUOTE) return 0;
  return cell.includes('""', 1) && cell.length > 2 ? QUOTED | DOUBLED : QUOTED;
}
