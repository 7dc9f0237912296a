import { KeyReader } from '../check/key-reader.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Cells } from '../csv/cells.ts';
import type { DatasetReader } from '../csv/dataset-reader.ts';
import { ByteStore, NUMBER_BYTES, StoreReader } from './byte-store.ts';
import type { ChangeLog } from './change-log.ts';
import { whole, wide } from './growing.ts';
import { KeyIndex } from './key-index.ts';

/** Who has a value of another key than the primary one. */
const NOBODY = 0;
/** A record of the base that no edit is about. */
const UNTOUCHED = 1;
/** From here on: the record whose primary key has this number. */
const FIRST_KEY = 2;

/**
 * The values that edits claim for the resource's other keys, and which record has each of them while the edits are gone
 * through. Values that no edit claims do not matter, so that nothing here grows with the base.
 */
export class Claims {
  private readonly store = new ByteStore();
  private readonly reader = new StoreReader(this.store, 0);
  private readonly positions = wide();
  private readonly holders = whole();
  /** Claimed values that a record of the base has: the first of each primary key, and the next of each value, + 1. */
  private readonly held = whole();
  private readonly nextHeld = whole();
  /** For each edit and key, its value's number + 1; 0 where it has none. */
  private readonly claimed = whole();
  private readonly index = new KeyIndex((number, bytes, length) => this.isValue(number, bytes, length));
  private readonly keys: readonly (readonly string[])[];
  private readonly readers: readonly (KeyReader | undefined)[];
  private readonly schema: TableSchema;

  /** @param columns of the file. @param keys other than the primary key. */
  constructor(keys: readonly (readonly string[])[], columns: readonly string[], schema: TableSchema) {
    this.keys = keys;
    this.schema = schema;
    this.readers = readersOf(keys, columns, schema);
  }

  /** An upsert's own; edits come in their order, deletes with none. */
  claim(edit: number, bytes: Buffer, cells: Cells): void {
    for (let k = 0; k < this.keys.length; k += 1) {
      const reader = this.readers[k];
      const value = reader?.read(bytes, cells) === true ? tagged(k, reader) : undefined;
      this.claimed.set(edit * this.keys.length + k, value ? this.numberOf(value) + 1 : 0);
    }
  }

  /** Finds out which records of the base have claimed values. */
  async survey(base: DatasetReader, columns: readonly string[], log: ChangeLog): Promise<void> {
    if (this.index.size === 0) return;
    const primary = new KeyReader(this.schema.primaryKey ?? [], columns, this.schema);
    const readers = readersOf(this.keys, columns, this.schema);
    await base.header();
    while (!base.done) {
      while (base.next()) this.note(base, readers, primary, log);
      if (base.starved) await base.fill();
    }
  }

  /** The keys, by their place among the others, whose values another record has. */
  taken(edit: number, primary: number): number[] {
    return this.keys.flatMap((_, k) => {
      const value = this.claimed.at(edit * this.keys.length + k);
      const holder = value === 0 ? NOBODY : this.holders.at(value - 1);
      return holder === NOBODY || holder === primary + FIRST_KEY ? [] : [k];
    });
  }

  /** An edit stands: the record that was there gives its values free, and the new one takes its own. */
  settle(edit: number, primary: number): void {
    for (let value = this.held.at(primary); value !== 0; value = this.nextHeld.at(value - 1))
      this.holders.set(value - 1, NOBODY);
    for (let k = 0; k < this.keys.length; k += 1) {
      const value = this.claimed.at(edit * this.keys.length + k);
      if (value !== 0 && this.holders.at(value - 1) === NOBODY) this.holders.set(value - 1, primary + FIRST_KEY);
    }
  }

  close(): void {
    this.store.close();
  }

  private note(
    { window: { bytes }, cells }: DatasetReader,
    readers: readonly (KeyReader | undefined)[],
    primary: KeyReader,
    log: ChangeLog,
  ): void {
    for (let k = 0; k < readers.length; k += 1) {
      const reader = readers[k];
      if (reader?.read(bytes, cells) !== true) continue;
      const value = tagged(k, reader);
      const number = this.index.find(value, value.length);
      if (number < 0) continue;
      primary.read(bytes, cells);
      const key = log.find(primary.value.bytes, primary.value.length);
      // Of a key that only warns, the first has the value.
      if (this.holders.at(number) !== NOBODY) continue;
      this.holders.set(number, key < 0 ? UNTOUCHED : key + FIRST_KEY);
      if (key < 0) continue;
      this.nextHeld.set(number, this.held.at(key));
      this.held.set(key, number + 1);
    }
  }

  private numberOf(value: Buffer): number {
    const known = this.index.size;
    const position = this.store.size;
    const number = this.index.number(value, value.length);
    if (number !== known) return number;
    this.positions.push(position);
    this.store.number(value.length);
    this.store.append(value, 0, value.length);
    return number;
  }

  private isValue(number: number, bytes: Uint8Array, length: number): boolean {
    const position = this.positions.at(number);
    if (this.reader.at(position, NUMBER_BYTES).readDoubleLE(0) !== length) return false;
    return this.reader.at(position + NUMBER_BYTES, length).equals(bytes.subarray(0, length));
  }
}

/** None for a key with a field that the records have not: they have no value of it. */
const readersOf = (
  keys: readonly (readonly string[])[],
  columns: readonly string[],
  schema: TableSchema,
): (KeyReader | undefined)[] =>
  keys.map((fields) =>
    fields.every((name) => columns.includes(name)) ? new KeyReader(fields, columns, schema) : undefined,
  );

/** Values of different keys are different. */
function tagged(key: number, { value }: KeyReader): Buffer {
  const bytes = Buffer.allocUnsafe(TAG_BYTES + value.length);
  bytes.writeUInt32LE(key, 0);
  value.bytes.copy(bytes, TAG_BYTES, 0, value.length);
  return bytes;
}
const TAG_BYTES = 4;
