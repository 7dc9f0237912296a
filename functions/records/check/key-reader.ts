import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { type Cells, DOUBLED } from '../csv/cells.ts';
import { type Column, columnOf } from '../types/column.ts';
import { KeyBuffer } from './keys.ts';

interface Part {
  readonly index: number;
  readonly column: Column;
  /** Whether bytes within quotes are certainly a value and its canonical text. */
  readonly asItStands: (bytes: Buffer, start: number, end: number) => boolean;
}

/** Reads the logical value of a key from records that were checked before. */
export class KeyReader {
  /** The value that `read` has found. */
  readonly value = new KeyBuffer();
  private readonly parts: readonly Part[];

  /** @param columns of the records; all fields of the key are among them. */
  constructor(fields: readonly string[], columns: readonly string[], schema: TableSchema) {
    this.parts = fields.map((name) => {
      const field = schema.fields.find((candidate) => candidate.name === name);
      const index = columns.indexOf(name);
      if (!field || index < 0) throw new Error('a key has a field that the records have not');
      const column = columnOf(field, schema);
      return { index, column, asItStands: asItStands(column) };
    });
  }

  /** False where a part is missing: such a record has no key. */
  read(bytes: Buffer, cells: Cells): boolean {
    this.value.clear();
    for (const part of this.parts) if (!this.fill(part, bytes, cells)) return false;
    return true;
  }

  private fill(part: Part, bytes: Buffer, cells: Cells): boolean {
    const n = cells.first + part.index;
    const start = cells.offsets[n * 2] ?? 0;
    const end = cells.offsets[n * 2 + 1] ?? 0;
    if (((cells.flags[n] ?? 0) & DOUBLED) === 0 && part.asItStands(bytes, start, end)) {
      this.put(bytes, start, end);
      return true;
    }
    const { missing, type } = part.column;
    const text = cells.text(bytes, part.index);
    const value = missing.has(text) ? undefined : type.read(text);
    if (value === undefined) return false;
    const canonical = Buffer.from(type.canonical(value), 'utf8');
    this.put(canonical, 0, canonical.length);
    return true;
  }

  private put(bytes: Uint8Array, start: number, end: number): void {
    if (this.parts.length === 1) this.value.alone(bytes, start, end);
    else this.value.part(bytes, start, end);
  }
}

/** Strings are their own canonical text, and so are whole numbers without sign, groups and leading zeros. */
function asItStands({ field, missing }: Column): Part['asItStands'] {
  const onlyEmpty = [...missing].every((marker) => marker === '');
  if (!onlyEmpty) return () => false;
  if (field.type === 'string') return missing.size === 0 ? () => true : (_, start, end) => start < end;
  return field.type === 'integer' ? isPlain : () => false;
}

const ZERO = 0x30;

function isPlain(bytes: Buffer, start: number, end: number): boolean {
  if (start === end || (bytes[start] === ZERO && end - start > 1)) return false;
  for (let i = start; i < end; i += 1) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}
