import { type Cells, DOUBLED } from '../csv/cells.ts';
import { type Memory, memoryOf } from '../csv/memory.ts';
import type { AnyOutput } from '../csv/output.ts';
import { LF, QUOTE } from '../csv/scanner.ts';
import type { Column } from '../types/column.ts';
import { storedValue } from '../types/stored-value.ts';
import type { ExtractField, LinesWriter } from './extract-field.ts';
import { type Cover, masked } from './mask.ts';

const CLOSING_BRACE = 0x7d;

/** Writes one cell of the record that is looked at. */
type CellWriter = (memory: Memory, cells: Cells, output: AnyOutput) => void;

/** One object a line, all fields in it; a missing value is null. */
export function jsonLines(fields: readonly ExtractField[]): LinesWriter {
  const names = fields.map(({ column }, i) => memoryOf(`${i === 0 ? '{' : ','}${JSON.stringify(column.name)}:`));
  const cells = fields.map(({ column, index, cover }) => (index < 0 ? nothing : jsonCell(column, index, cover)));
  return (memory, block, count, output) => {
    for (let record = 0; record < count; record += 1) {
      block.first = (block.chosen[record] ?? 0) * block.width;
      for (let i = 0; i < cells.length; i += 1) {
        const name = names[i];
        if (name) output.copy(name, 0, name.size);
        cells[i]?.(memory, block, output);
      }
      output.byte(CLOSING_BRACE);
      output.byte(LF);
    }
  };
}

const nothing: CellWriter = (_, __, output) => output.text('null');

/** Integer and number as JSON numbers with their digits, boolean as such, missing as null, all else as a string. */
function jsonCell(column: Column, index: number, cover: Cover | undefined): CellWriter {
  const { type, missing } = column;
  const fast = fastJson(column, cover);
  const typed = cover === undefined && type.json ? type.json.bind(type) : undefined;
  return (memory, cells, output) => {
    const n = cells.first + index;
    const start = cells.offsets[n * 2] ?? 0;
    const end = cells.offsets[n * 2 + 1] ?? 0;
    if (((cells.flags[n] ?? 0) & DOUBLED) === 0 && fast(memory, start, end, output)) return;
    const text = cells.text(memory.bytes, index);
    if (missing.has(text)) output.text('null');
    else if (cover !== undefined) output.text(JSON.stringify(masked(cover, text)));
    else output.text(typed ? typed(storedValue(column, text)) : JSON.stringify(text));
  };
}

type Fast = (memory: Memory, start: number, end: number, output: AnyOutput) => boolean;

/** Cells whose bytes are their JSON, but for quotes around them; false leaves it to the careful way. */
function fastJson({ field, missing }: Column, cover: Cover | undefined): Fast {
  const onlyEmpty = [...missing].every((marker) => marker === '');
  if (cover !== undefined || !onlyEmpty || field.type === 'boolean') return () => false;
  if (field.type === 'integer' || field.type === 'number') return plainDigits;
  return (memory, start, end, output) => {
    const { bytes } = memory;
    if (start === end) return false;
    for (let i = start; i < end; i += 1) if (ESCAPED[bytes[i] ?? 0] === 1) return false;
    output.byte(QUOTE);
    output.copy(memory, start, end);
    output.byte(QUOTE);
    return true;
  };
}

/** RFC 8259, section 7: what a JSON string must escape. */
const ESCAPED = new Uint8Array(256).fill(1, 0, 0x20);
ESCAPED[QUOTE] = ESCAPED[0x5c] = 1;

const ZERO = 0x30;

const plainDigits: Fast = (memory, start, end, output) => {
  const { bytes } = memory;
  if (start === end || (bytes[start] === ZERO && end - start > 1)) return false;
  for (let i = start; i < end; i += 1) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  output.copy(memory, start, end);
  return true;
};
