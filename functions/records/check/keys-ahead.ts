import { GOOD, MISSING } from '../csv/cell-rule.ts';
import type { Cells } from '../csv/cells.ts';
import type { KeyStager } from '../csv/native/key-stager.ts';
import type { NativeScan } from '../csv/native/native-scan.ts';
import type { Window } from '../csv/window.ts';
import type { Column } from '../types/column.ts';
import { addressOf } from './key-memory.ts';
import type { KeyTable } from './key-table.ts';
import { type Key, KeyBuffer } from './keys.ts';

/**
 * The keys of some records that were read and are certainly good by themselves, before it is asked who has them: so all
 * of them can be hashed, and then what the table says of them comes from memory side by side. One after another, each waits
 * for its own.
 */
export class KeysAhead {
  private readonly keys: readonly Key[];
  private readonly table: KeyTable;
  private readonly columns: readonly Column[];
  private readonly window: Window;
  private readonly cells: Cells;
  private readonly outcomes: Uint8Array;
  private readonly stager: KeyStager | undefined;
  private readonly made = new KeyBuffer();
  private readonly elsewhere: boolean;
  private free = 0;

  /** @param elsewhere who has a key is not known to the table, which only has the keys ahead */
  constructor(
    keys: readonly [Key, ...Key[]],
    columns: readonly Column[],
    window: Window,
    scan: NativeScan,
    elsewhere: boolean,
  ) {
    const { table } = keys[0];
    this.keys = keys;
    this.table = table;
    this.elsewhere = elsewhere;
    this.columns = columns;
    this.window = window;
    this.cells = scan.cells;
    this.outcomes = scan.outcomes;
    this.stager = scan.stager(
      keys.map(({ parts }) => parts),
      table.memory,
    );
  }

  /** The record that is read next is number `record` of those ahead, from 0. */
  reads(record: number): void {
    this.stager?.reads(record);
  }

  /** Puts the keys of the first so many records, and asks who has them. Answers of how many they are certain. */
  fetch(records: number): number {
    const { cells, table, keys, stager } = this;
    const { first } = cells;
    table.clear();
    let record = 0;
    for (; ; record += 1) {
      record = stager?.put(record, records, addressOf(record * keys.length)) ?? record;
      if (record >= records) break;
      cells.first = first + record * cells.width;
      const isMade = keys.every((_, k) => this.make(k, record * keys.length + k));
      cells.first = first;
      if (!isMade) break;
    }
    if (!this.elsewhere) this.free = Math.floor(table.take(record * keys.length) / keys.length);
    return record;
  }

  /** Takes all keys of the next record, or none: false if another record has one. */
  take(record: number): boolean {
    return this.elsewhere ? this.ask(record) : record < this.free;
  }

  /** The first so many records are accepted: the others have no keys. */
  keep(records: number): void {
    if (!this.elsewhere) this.table.keep(records * this.keys.length);
  }

  private ask(record: number): boolean {
    const { keys, table } = this;
    const first = record * keys.length;
    for (const [k, { seen }] of keys.entries())
      if (table.find(first + k) && seen.has(table.bytes, table.start, table.end)) return false;
    for (const [k, { seen }] of keys.entries())
      if (table.find(first + k) && !seen.add(table.bytes, table.start, table.end)) return false;
    return true;
  }

  /** By the text of the cells that are not their own canonical bytes. */
  private make(k: number, n: number): boolean {
    const { made, table } = this;
    const { parts = [] } = this.keys[k] ?? {};
    made.clear();
    for (const part of parts) {
      if (this.outcomes[this.cells.first + part] === MISSING) {
        table.putNone(n);
        return true;
      }
    }
    for (const part of parts) if (!this.addPart(part, parts.length)) return false;
    return table.put(n, k, made.bytes, 0, made.length);
  }

  private addPart(part: number, parts: number): boolean {
    const { bytes } = this.window;
    const { offsets, first } = this.cells;
    const n = first + part;
    if (this.outcomes[n] === GOOD) {
      this.add(bytes, offsets[n * 2] ?? 0, offsets[n * 2 + 1] ?? 0, parts);
      return true;
    }
    const { type } = this.columns[part] ?? {};
    const value = type?.read(this.cells.text(bytes, part));
    if (!type || value === undefined) return false;
    const canonical = Buffer.from(type.canonical(value), 'utf8');
    this.add(canonical, 0, canonical.length, parts);
    return true;
  }

  private add(bytes: Uint8Array, start: number, end: number, parts: number): void {
    if (parts === 1) this.made.alone(bytes, start, end);
    else this.made.part(bytes, start, end);
  }
}
