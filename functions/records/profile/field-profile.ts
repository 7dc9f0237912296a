import type { FieldQuality } from '../../../schemas/contracts/quality.ts';
import type { Cells } from '../csv/cells.ts';
import type { Memory } from '../csv/memory.ts';
import type { Column } from '../types/column.ts';
import { storedValue } from '../types/stored-value.ts';
import { Distinct } from './distinct.ts';
import { Extremes } from './extremes.ts';
import { Hash64 } from './hash64.ts';
import { type Measure, measureOf } from './measure.ts';
import { type PositionAt, positionsOf } from './positions.ts';

/** What a value that is not read by its bytes comes to; kept, as such values repeat. */
interface Known {
  readonly high: number;
  readonly low: number;
  readonly measure: Measure | undefined;
}

/** Values that are remembered are at most so long. */
const REMEMBERED_CHARACTERS = 64;

/** One column: its values as they come. */
export class FieldProfile {
  private missing = 0;
  private readonly distinct = new Distinct();
  private readonly extremes: Extremes | undefined;
  private readonly column: Column;
  private readonly markers: readonly Buffer[];
  private readonly isText: boolean;
  private readonly positionAt: PositionAt | undefined;
  private readonly measure: ReturnType<typeof measureOf>;
  private readonly hash = new Hash64();
  /** Values that are remembered at most; 0 once it has turned out that few come again. */
  private room: number;
  private again = 0;
  private known = new Map<string, Known>();

  /** @param room values that may be remembered */
  constructor(column: Column, room: number) {
    const { field, type, missing, masked } = column;
    this.column = column;
    this.room = room;
    // As they stand within quotes: then equal bytes are equal texts.
    this.markers = [...missing].map((text) => Buffer.from(text.replaceAll('"', '""'), 'utf8'));
    this.isText = field.type === 'string' || field.type === 'any';
    this.positionAt = positionsOf(field);
    this.measure = measureOf(field.type);
    this.extremes = this.measure && !masked ? new Extremes(type) : undefined;
  }

  /** All records of a block. */
  take(memory: Memory, block: Cells, index: number): void {
    const { bytes } = memory;
    const { offsets, width } = block;
    for (let record = 0, n = index; record < block.records; record += 1, n += width) {
      const start = offsets[n * 2] ?? 0;
      const end = offsets[n * 2 + 1] ?? 0;
      if (this.isMissing(bytes, start, end)) {
        this.missing += 1;
      } else if (this.isText) {
        this.hash.of(memory, start, end);
        this.distinct.add(this.hash.high, this.hash.low);
      } else {
        const position = this.positionAt?.(bytes, start, end) ?? Number.NaN;
        if (Number.isNaN(position)) {
          block.first = record * width;
          this.takeText(block.text(bytes, index));
        } else {
          this.hash.ofNumber(position);
          this.distinct.add(this.hash.high, this.hash.low);
          if (this.extremes?.wants(position, true))
            this.extremes.take(position, true, bytes.toString('latin1', start, end));
        }
      }
    }
  }

  get quality(): FieldQuality {
    const { minimum, maximum } = this.extremes ?? {};
    return {
      name: this.column.name,
      missing: this.missing,
      distinct: this.distinct.count,
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    };
  }

  private isMissing(bytes: Buffer, start: number, end: number): boolean {
    for (const marker of this.markers)
      if (marker.length === end - start && (start === end || marker.compare(bytes, start, end) === 0)) return true;
    return false;
  }

  private takeText(text: string): void {
    const { high, low, measure } = this.knownOf(text);
    this.distinct.add(high, low);
    if (measure && this.extremes?.wants(measure.position, measure.exact))
      this.extremes.take(measure.position, measure.exact, text);
  }

  private knownOf(text: string): Known {
    const before = this.known.get(text);
    if (before) {
      this.again += 1;
      return before;
    }
    const known = this.look(text);
    if (text.length <= REMEMBERED_CHARACTERS && this.room > 0) this.remember(text, known);
    return known;
  }

  private remember(text: string, known: Known): void {
    if (this.known.size >= this.room) {
      if (this.again < this.room) this.room = 0;
      this.known = new Map();
      this.again = 0;
    }
    this.known.set(text, known);
  }

  private look(text: string): Known {
    const { type } = this.column;
    const value = storedValue(this.column, text);
    const measure = this.measure?.(value);
    // A value that the quick way knows too has to have the same hash here.
    if (measure?.exact) this.hash.ofNumber(measure.position);
    else this.hash.ofText(type.canonical(value));
    const { high, low } = this.hash;
    return { high, low, measure };
  }
}
