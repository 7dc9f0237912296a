import { isUtf8 } from 'node:buffer';
import type { Scanner } from '../csv/scanner.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { columnsKind, encodingKind } from '../kinds/record-kinds.ts';
import { type Cell, type Column, judge } from '../types/column.ts';
import { type Key, KeyBuffer } from './keys.ts';
import { type Found, MASK, ofRecord } from './violations.ts';

/** Rules in the order in which the report lists those of one column. */
const ORDER = ['required', 'type', 'minLength', 'maxLength', 'pattern', 'enum', 'minimum', 'maximum', 'unique'];
const place = (rule: string): number => (ORDER.includes(rule) ? ORDER.indexOf(rule) : ORDER.length);

/**
 * The slow way through a record, and the only authority on rejections: reads every cell as text, by every rule. An empty
 * answer accepts the record and takes its keys.
 */
export class Examiner {
  private readonly columns: readonly Column[];
  private readonly keys: readonly Key[];
  private readonly buffer = new KeyBuffer();

  constructor(columns: readonly Column[], keys: readonly Key[]) {
    this.columns = columns;
    this.keys = keys;
  }

  /** A record whose structure has no fault, just read by the scanner from `start`. */
  examine(bytes: Buffer, start: number, scanner: Scanner): Found[] {
    const found = this.recordRules(bytes.subarray(start, scanner.end), scanner.count);
    if (found.length > 0) return found;
    const texts = this.columns.map((_, i) => scanner.text(bytes, i));
    const cells = this.columns.map((column, i) => judge(column, texts[i] ?? ''));
    const broken = [...this.cellRules(cells, texts), ...this.keyRules(cells, texts)];
    if (broken.length === 0) this.takeKeys(cells);
    return broken.toSorted((a, b) => a.column - b.column || place(a.rule) - place(b.rule));
  }

  /** `encoding` (NUL is no text either) and `columns`; either makes the cells meaningless. */
  private recordRules(record: Buffer, count: number): Found[] {
    const found: Found[] = [];
    if (count !== this.columns.length) found.push(ofRecord('columns', columnsKind(record, count, this.columns.length)));
    if (!isUtf8(record) || record.includes(0)) found.push(ofRecord('encoding', encodingKind(record)));
    return found;
  }

  private cellRules(cells: readonly Cell[], texts: readonly string[]): Found[] {
    return cells.flatMap((cell, i) =>
      cell.kind === 'broken' ? cell.rules.map((rule) => this.found(rule, [i], texts)) : [],
    );
  }

  private keyRules(cells: readonly Cell[], texts: readonly string[]): Found[] {
    return this.keys
      .filter((key) => this.fillKey(key, cells) && key.seen.has(this.buffer.bytes, 0, this.buffer.length))
      .map((key) => this.found('unique', key.parts, texts));
  }

  private takeKeys(cells: readonly Cell[]): void {
    for (const key of this.keys) {
      if (this.fillKey(key, cells)) key.seen.add(this.buffer.bytes, 0, this.buffer.length);
    }
  }

  /** False where a part is missing or no value: such a record has no key to collide. */
  private fillKey({ parts }: Key, cells: readonly Cell[]): boolean {
    this.buffer.clear();
    for (const part of parts) {
      const cell = cells[part];
      if (cell?.kind !== 'good') return false;
      const bytes = Buffer.from(this.columns[part]?.type.canonical(cell.value) ?? '', 'utf8');
      if (parts.length === 1) this.buffer.alone(bytes, 0, bytes.length);
      else this.buffer.part(bytes, 0, bytes.length);
    }
    return true;
  }

  /** A missing value is one of the markers that the catalog lists: it has nothing to mask. */
  private found(rule: string, parts: readonly number[], texts: readonly string[]): Found {
    const columns = parts.map((part) => this.columns[part]).filter((column) => column !== undefined);
    const [first] = columns;
    const masked = rule !== 'required' && columns.some((column) => column.masked);
    return {
      rule,
      column: (parts[0] ?? 0) + 1,
      field: columns.map(({ name }) => name).join('+'),
      value: masked ? MASK : parts.map((part) => texts[part] ?? '').join('+'),
      kind: first && kindOf(rule, texts[parts[0] ?? 0] ?? '', first),
    };
  }
}
