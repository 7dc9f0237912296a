import { type ByteTable, without } from '../types/byte-table.ts';
import { twoDigits } from '../types/certain/digits.ts';
import { isRealDate } from '../types/moment.ts';
import {
  ANYTHING,
  type CellRule,
  DATE,
  GOOD_OTHERWISE,
  INTEGER,
  NUMBER,
  OTHER,
  TABLE,
  TEXT,
  UNSURE,
} from './cell-rule.ts';
import { type Cells, DOUBLED, QUOTED } from './cells.ts';
import type { Memory } from './memory.ts';
import type { NativeScan } from './native/native-scan.ts';
import { COMMA, CR, ENDS, LF, QUOTE } from './scanner.ts';

/**
 * The hot loop of checks and extracts: finds the cells of a record and judges them in one pass over its bytes. It only
 * ever says that a whole record is certainly good; of anything else it says nothing, and `Scanner` and the examiner
 * begin again.
 *
 * Why it looks as it does (records of 12 cells and 163 bytes, which take 410 ns, half of it to find the cells):
 * - One loop a cell both judges it and stops where it ends: each byte is read once.
 * - Rules are numbers and tables in arrays, chosen by a `switch` in one function. A call for each cell, with its rule in eight
 *   arrays, took 495 ns. Closures for each cell are calls that the compiler cannot inline.
 * - Text is passed over in words of four bytes; everything that may end a cell is below 0x30, which one comparison finds,
 *   and the zeros below its bit tell which byte it is. With a second loop over the last bytes finding the cells took 340 ns.
 * - Places go into one typed array for a block of records: no allocation a record, and extracts copy from there later.
 */

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const DATE_BYTES = 10;

const IS_END = new Uint8Array(256);
for (const byte of ENDS) IS_END[byte] = 1;

/** Records in doubt, beyond two for each one that the native scan took: such a file has too much that it does not know. */
const MOST_DOUBTS = 1000;

const NO_TABLE: ByteTable = { next: new Uint8Array(2 << 8), accepts: new Uint8Array(2) };
const NO_RULE: CellRule = { ...ANYTHING, otherwise: () => UNSURE };

/** The small numbers of a rule in one: kind, what good and empty cells are, whether `confirms` has to look. */
const KIND_BITS = 3;
const planOf = ({ kind, good, empty, code, markers }: CellRule): number =>
  Math.min(kind, OTHER) | (good << 3) | (empty << 5) | (code !== undefined || markers.length > 0 ? CONFIRM : 0);
const CONFIRM = 1 << 7;

export class FastScan {
  /** Where the record ends without its line break, and where the next one starts. */
  end = 0;
  next = 0;
  /** Line breaks inside quotes. */
  innerLines = 0;
  /** Of each cell of the record. */
  readonly outcomes: Uint8Array;
  private readonly cells: Cells;
  private readonly rules: readonly CellRule[];
  private readonly plans: Uint8Array;
  private readonly tables: readonly ByteTable[];
  private readonly digits: Uint8Array;
  /** least, most, above, below of each cell. */
  private readonly bounds: Float64Array;
  /** Of the cell that `otherwise` has looked at. */
  private flags = 0;
  private native: NativeScan | undefined;
  /** Grows with records that the native scan was not sure of. */
  private doubts = 0;

  /** @param cells where the places of the cells go. @param native reads into these cells too */
  constructor(rules: readonly CellRule[], cells: Cells, native?: NativeScan) {
    this.rules = rules;
    this.cells = cells;
    this.native = native;
    this.outcomes = native?.outcomes ?? new Uint8Array(rules.length);
    this.plans = Uint8Array.from(rules, planOf);
    this.tables = rules.map(({ table }) => (table ? without(ENDS, table) : NO_TABLE));
    this.digits = Uint8Array.from(rules, ({ digits }) => digits);
    this.bounds = Float64Array.from(rules.flatMap(({ least, most, above, below }) => [least, most, above, below]));
  }

  /**
   * Reads the record at `start` if it is certainly good, and complete with its line break before `limit`. What stands in
   * `cells` and `outcomes` is worth nothing otherwise. bytes[limit] must be LF: it stops the inner loops.
   */
  read(memory: Memory, start: number, limit: number): boolean {
    const { native } = this;
    const next = native ? native.read(start, limit, this.cells.first) : -1;
    if (!native || next < 0) return this.readBytes(memory, start, limit);
    if (this.doubts > 0) this.doubts -= 2;
    const asked = native.asked[0] ?? 0;
    if (asked > 0 && !this.judgesAsked(memory.bytes, native, asked >> 2)) return false;
    this.innerLines = 0;
    this.next = next;
    this.end = memory.bytes[next - 2] === CR ? next - 2 : next - 1;
    return true;
  }

  /** The cells that the native scan has found and is not sure of. */
  private judgesAsked(bytes: Buffer, { asked, outcomes }: NativeScan, count: number): boolean {
    const { offsets, flags, first } = this.cells;
    for (let k = 1; k <= count; k += 1) {
      const c = (asked[k] ?? 0) - outcomes.byteOffset;
      const n = first + c;
      const { otherwise } = this.rules[c] ?? NO_RULE;
      const outcome = otherwise(bytes, offsets[n * 2] ?? 0, offsets[n * 2 + 1] ?? 0, flags[n] ?? 0);
      if (outcome === UNSURE) return false;
      outcomes[c] = outcome;
    }
    return true;
  }

  private readBytes({ bytes, view }: Memory, start: number, limit: number): boolean {
    // What a record costs in vain is two fifths of what it brings elsewhere.
    if (this.native && (this.doubts += 1) > MOST_DOUBTS) this.native = undefined;
    const { plans, bounds, outcomes, cells } = this;
    const { offsets, flags } = cells;
    const last = plans.length - 1;
    let i = start;
    this.innerLines = 0;
    for (let c = 0, n = cells.first; ; c += 1, n += 1) {
      const quoted = bytes[i] === QUOTE ? QUOTED : 0;
      const from = i + quoted;
      const plan = plans[c] ?? 0;
      const kind = plan & ((1 << KIND_BITS) - 1);
      let outcome = (plan >> 3) & 3;
      let good = false;
      i = from;
      switch (kind) {
        case TEXT: {
          // Four bytes at a time: (word - 0x30) borrows into the top bit of a byte below 0x30, the lowest such byte first.
          for (;;) {
            const word = view.getInt32(i, true);
            const low = (word - 0x30303030) & ~word & 0x80808080;
            if (low === 0) {
              i += 4;
              continue;
            }
            i += (31 - Math.clz32(low & -low)) >> 3;
            const byte = bytes[i];
            if (byte === QUOTE || byte === LF || (quoted === 0 && (byte === COMMA || byte === CR))) break;
            i += 1;
          }
          good = hasLength(bytes, from, i, bounds[c * 4] ?? 0, bounds[c * 4 + 1] ?? 0);
          break;
        }
        case TABLE: {
          const { next, accepts } = this.tables[c] ?? NO_TABLE;
          let state = 1;
          for (;;) {
            const to = next[(state << 8) | (bytes[i] ?? 0)] ?? 0;
            if (to === 0) break;
            state = to;
            i += 1;
          }
          good = accepts[state] === 1 && hasLength(bytes, from, i, bounds[c * 4] ?? 0, bounds[c * 4 + 1] ?? 0);
          break;
        }
        case INTEGER:
        case NUMBER: {
          const negative = bytes[i] === MINUS;
          const first = negative ? i + 1 : i;
          let digits = 0;
          let scale = 0;
          for (i = first; ; i += 1) {
            const digit = (bytes[i] ?? 0) - ZERO;
            if (digit >= 0 && digit <= 9) {
              digits = digits * 10 + digit;
              scale *= 10;
            } else if (digit === POINT - ZERO && kind === NUMBER && scale === 0 && i > first) {
              scale = 1;
            } else {
              break;
            }
          }
          const size = scale > 1 ? digits / scale : digits;
          const value = negative ? -size : size;
          good = i > first && i - first <= (this.digits[c] ?? 0) && scale !== 1;
          good &&= value >= (bounds[c * 4] ?? 0) && value <= (bounds[c * 4 + 1] ?? 0);
          good &&= value > (bounds[c * 4 + 2] ?? 0) && value < (bounds[c * 4 + 3] ?? 0);
          if (scale > 0 || (bytes[first] === ZERO && (negative || i - first > 1))) outcome = GOOD_OTHERWISE;
          break;
        }
        case DATE: {
          const date = dateAt(bytes, from);
          good = date >= (bounds[c * 4] ?? 0) && date <= (bounds[c * 4 + 1] ?? 0);
          if (good) i += DATE_BYTES;
          break;
        }
        default:
      }
      if (i === from) {
        outcome = (plan >> 5) & 3;
        good = outcome !== UNSURE;
      }
      let flag = quoted;
      let stop = bytes[i + quoted];
      if (
        !good ||
        (quoted === QUOTED && bytes[i] !== QUOTE) ||
        (stop !== COMMA && stop !== LF && stop !== CR) ||
        (plan >= CONFIRM && !this.confirms(bytes, c, from, i))
      ) {
        i = quoted === 0 ? plainEnd(bytes, from) : this.quotedEnd(bytes, from, limit);
        if (i < 0) return false;
        if (quoted === QUOTED) flag = this.flags;
        outcome = (this.rules[c] ?? NO_RULE).otherwise(bytes, from, i, flag);
        if (outcome === UNSURE) return false;
        stop = bytes[i + quoted];
      }
      outcomes[c] = outcome;
      flags[n] = flag;
      offsets[n * 2] = from;
      offsets[n * 2 + 1] = i;
      i += quoted;
      if (c === last) break;
      if (stop !== COMMA) return false;
      i += 1;
    }
    if (i >= limit) return false;
    this.end = i;
    const crlf = bytes[i] === CR;
    this.next = crlf ? i + 2 : i + 1;
    return bytes[this.next - 1] === LF && this.next <= limit;
  }

  private confirms(bytes: Buffer, c: number, start: number, end: number): boolean {
    const { code, markers } = this.rules[c] ?? NO_RULE;
    if (start === end) return true;
    return (
      (code === undefined || code(bytes, start, end)) && !markers.some((marker) => equal(marker, bytes, start, end))
    );
  }

  /** The quote that closes a cell; notes doubled quotes and line breaks on the way. -1 if there is none before `limit`. */
  private quotedEnd(bytes: Buffer, from: number, limit: number): number {
    this.flags = QUOTED;
    for (let i = from; i < limit; i += 1) {
      const byte = bytes[i];
      if (byte === LF) this.innerLines += 1;
      if (byte !== QUOTE) continue;
      if (bytes[i + 1] !== QUOTE) return i;
      this.flags = QUOTED | DOUBLED;
      i += 1;
    }
    return -1;
  }
}

/** In characters. One takes one to four bytes: most lengths are settled without counting. */
function hasLength(bytes: Uint8Array, start: number, end: number, least: number, most: number): boolean {
  const size = end - start;
  if (size <= most && size >= least * 4) return true;
  const length = characters(bytes, start, end);
  return length >= least && length <= most;
}

function characters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i += 1) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) count += 1;
  return count;
}

function plainEnd(bytes: Buffer, from: number): number {
  let i = from;
  while (IS_END[bytes[i] ?? LF] === 0) i += 1;
  return i;
}

function equal(marker: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (marker.length !== end - start) return false;
  for (let i = 0; i < marker.length; i += 1) if (marker[i] !== bytes[start + i]) return false;
  return true;
}

/** yyyymmdd of a real date written yyyy-mm-dd, or -1. */
function dateAt(bytes: Uint8Array, i: number): number {
  const century = twoDigits(bytes, i);
  const years = twoDigits(bytes, i + 2);
  const month = twoDigits(bytes, i + 5);
  const day = twoDigits(bytes, i + 8);
  if ((century | years | month | day) < 0 || bytes[i + 4] !== MINUS || bytes[i + 7] !== MINUS) return -1;
  const year = century * 100 + years;
  if (year === 0 || !isRealDate(year, month, day)) return -1;
  return (year * 100 + month) * 100 + day;
}
