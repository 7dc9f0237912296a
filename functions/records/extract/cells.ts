import type { DeliveryFormat, Mask } from '../../../schemas/contracts/agreements.ts';
import type { Output } from '../csv/output.ts';
import { cellOf } from '../csv/quoting.ts';
import { DOUBLED, QUOTE, QUOTED, type Scanner } from '../csv/scanner.ts';
import type { Column } from '../types/column.ts';
import { masked } from './mask.ts';

/** Writes one cell of the record just read by the scanner. */
export type CellWriter = (bytes: Buffer, scanner: Scanner, output: Output) => void;

/** @param index of the field's column in the file; -1 where the file has no such column and the value is missing. */
export function cellWriterOf(
  format: DeliveryFormat,
  column: Column,
  index: number,
  mask: Mask | undefined,
): CellWriter {
  if (index < 0) return format === 'csv' ? () => {} : (_, __, output) => output.text('null');
  return format === 'csv' ? csvCell(column, index, mask) : jsonCell(column, index, mask);
}

function csvCell(column: Column, index: number, mask: Mask | undefined): CellWriter {
  const asItCame: CellWriter = (bytes, { offsets, flags }, output) => {
    const quote = (flags[index] ?? 0) & QUOTED;
    output.append(bytes, (offsets[index * 2] ?? 0) - quote, (offsets[index * 2 + 1] ?? 0) + quote);
  };
  if (mask === undefined) return asItCame;
  return (bytes, scanner, output) => {
    const text = scanner.text(bytes, index);
    if (column.missing.has(text)) asItCame(bytes, scanner, output);
    else output.text(cellOf(masked(mask, text)));
  };
}

/** Integer and number as JSON numbers with their digits, boolean as such, missing as null, all else as a string. */
function jsonCell(column: Column, index: number, mask: Mask | undefined): CellWriter {
  const { type, missing } = column;
  const fast = fastJson(column, mask);
  const typed = mask === undefined && type.json ? type.json.bind(type) : undefined;
  return (bytes, scanner, output) => {
    const start = scanner.offsets[index * 2] ?? 0;
    const end = scanner.offsets[index * 2 + 1] ?? 0;
    if (((scanner.flags[index] ?? 0) & DOUBLED) === 0 && fast(bytes, start, end, output)) return;
    const text = scanner.text(bytes, index);
    if (missing.has(text)) output.text('null');
    else if (mask !== undefined) output.text(JSON.stringify(masked(mask, text)));
    else output.text(typed ? typed(type.read(text)) : JSON.stringify(text));
  };
}

type Fast = (bytes: Buffer, start: number, end: number, output: Output) => boolean;

/** Cells whose bytes are their JSON, but for quotes around them; false leaves it to the careful way. */
function fastJson({ field, missing }: Column, mask: Mask | undefined): Fast {
  const onlyEmpty = [...missing].every((marker) => marker === '');
  if (mask !== undefined || !onlyEmpty || field.type === 'boolean') return () => false;
  if (field.type === 'integer' || field.type === 'number') return plainDigits;
  return (bytes, start, end, output) => {
    if (start === end) return false;
    for (let i = start; i < end; i += 1) if (ESCAPED[bytes[i] ?? 0] === 1) return false;
    output.byte(QUOTE);
    output.append(bytes, start, end);
    output.byte(QUOTE);
    return true;
  };
}

/** RFC 8259, section 7: what a JSON string must escape. */
const ESCAPED = new Uint8Array(256).fill(1, 0, 0x20);
ESCAPED[QUOTE] = ESCAPED[0x5c] = 1;

const ZERO = 0x30;

const plainDigits: Fast = (bytes, start, end, output) => {
  if (start === end || (bytes[start] === ZERO && end - start > 1)) return false;
  for (let i = start; i < end; i += 1) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  output.append(bytes, start, end);
  return true;
};
