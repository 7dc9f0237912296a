import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import { type Cells, DOUBLED, QUOTED } from '../csv/cells.ts';
import type { Memory } from '../csv/memory.ts';
import type { AnyOutput } from '../csv/output.ts';
import { QUOTE } from '../csv/scanner.ts';
import { missingValuesOf } from '../types/column.ts';
import { orderedText } from '../types/ordered/ordered-text.ts';
import type { ListedField } from './list-columns.ts';

export type Found = 'value' | 'missing' | 'invalid';

/**
 * Writes the ordered text of a cell of the record that is looked at, as a cell of CSV in which nothing is missing and `""`
 * is the empty text. What it has written for an invalid cell is worth nothing.
 */
export type OrderedCell = (memory: Memory, cells: Cells, output: AnyOutput) => Found;

/** What is compared of a field's text, in the place of its ordered text; undefined if nothing is left of it. */
export type ComparedText = (field: Field) => (text: string) => string | null | undefined;

/** Dates, codes and flags repeat: their texts are made once. Long ones are no such thing. */
const REMEMBERED = 65_536;
const SHORT = 64;

/** From a cell's text to what is compared of it; undefined if it is missing, null if it is none of its field's type. */
export function orderedTextOf({ field }: ListedField, schema: TableSchema, textOf: ComparedText = orderedText) {
  const missing = new Set(missingValuesOf(field, schema));
  const compared = textOf(field);
  return remembered((text) => (missing.has(text) ? undefined : compared(text)));
}

export function orderedCell(listed: ListedField, schema: TableSchema, textOf: ComparedText | undefined): OrderedCell {
  const { field, index } = listed;
  const carefully = orderedTextOf(listed, schema, textOf);
  const slow: OrderedCell = ({ bytes }, cells, output) => {
    const text = carefully(cells.text(bytes, index));
    if (text === undefined) return 'missing';
    if (text === null) return 'invalid';
    output.text(`"${text.replaceAll('"', '""')}"`);
    return 'value';
  };
  if (textOf) return slow;
  const missing = missingValuesOf(field, schema);
  const isPlain = (field.format ?? 'default') === 'default' && missing.every((marker) => marker === '');
  if (isPlain && field.type === 'string') return asItStands(index, missing.includes(''));
  return isPlain && field.type === 'date' ? ifDay(index, slow) : slow;
}

/** A date in the default format is its own ordered text, as most are seen to be at once: of four digits, in the first 28 days. */
function ifDay(index: number, otherwise: OrderedCell): OrderedCell {
  return (memory, cells, output) => {
    const n = cells.first + index;
    const start = cells.offsets[n * 2] ?? 0;
    const end = cells.offsets[n * 2 + 1] ?? 0;
    if (end - start !== DAY || !isDay(memory.bytes, start)) return otherwise(memory, cells, output);
    output.copy(memory, start, end);
    return 'value';
  };
}

const DAY = 10;
const ZERO = 0x30;
const HYPHEN = 0x2d;

function isDay(bytes: Buffer, start: number): boolean {
  let digits = 0;
  for (let i = start; i < start + DAY; i += 1) {
    const byte = bytes[i] ?? 0;
    if (i === start + 4 || i === start + 7) {
      if (byte !== HYPHEN) return false;
    } else if (byte < ZERO || byte > ZERO + 9) {
      return false;
    } else {
      digits = digits * 10 + byte - ZERO;
    }
  }
  const month = Math.floor(digits / 100) % 100;
  const day = digits % 100;
  return digits > 1_0000 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

/** A string is its own ordered text, quotes and all. */
function asItStands(index: number, emptyIsMissing: boolean): OrderedCell {
  return (memory, cells, output) => {
    const n = cells.first + index;
    const start = cells.offsets[n * 2] ?? 0;
    const end = cells.offsets[n * 2 + 1] ?? 0;
    if (start === end) {
      if (emptyIsMissing) return 'missing';
      output.byte(QUOTE);
      output.byte(QUOTE);
      return 'value';
    }
    const quote = (cells.flags[n] ?? 0) & (QUOTED | DOUBLED) ? 1 : 0;
    output.copy(memory, start - quote, end + quote);
    return 'value';
  };
}

/** The memory has a bound, whatever the values. */
function remembered<T>(make: (text: string) => T): (text: string) => T {
  let known = new Map<string, T>();
  return (text) => {
    const there = known.get(text);
    if (there !== undefined || known.has(text)) return there as T;
    if (text.length > SHORT) return make(text);
    if (known.size >= REMEMBERED) known = new Map();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
