import type { KeyReader } from '../check/key-reader.ts';
import type { Scanner } from '../csv/scanner.ts';
import { ByteStore, NUMBER_BYTES, StoreReader } from './byte-store.ts';
import { whole, wide } from './growing.ts';
import { KeyIndex } from './key-index.ts';
import { DELETE, type Op, UPSERT } from '../header/op.ts';

/** One edit as it came. */
export interface Change {
  readonly op: Op;
  /** On which its record starts. */
  readonly line: number;
  /** The record without its line break; valid until the next is asked for. */
  readonly row: Buffer;
}

/** Line, length of the key, length of the row. */
const HEAD_BYTES = 3 * NUMBER_BYTES;
const BLOCK_BYTES = 64 * 1024;

/**
 * The edits of a file whose records are good by themselves, in its order: on disk, but for 40 to 70 bytes each. Keys have
 * numbers, edits have numbers: several edits may be of one key.
 */
export class ChangeLog {
  private readonly key: KeyReader;
  private readonly store = new ByteStore();
  private readonly reader = new StoreReader(this.store, BLOCK_BYTES);
  private readonly positions = wide();
  private readonly keys = whole();
  private readonly deletes = whole();
  /** Of each key, the first edit that has it. */
  private readonly firsts = whole();
  private readonly index = new KeyIndex((number, bytes, length) => this.isKey(number, bytes, length));

  /** @param key of the file's records. */
  constructor(key: KeyReader) {
    this.key = key;
  }

  get size(): number {
    return this.positions.length;
  }

  /** How many different keys there are. */
  get keyCount(): number {
    return this.index.size;
  }

  add(op: Op, line: number, bytes: Buffer, start: number, scanner: Scanner): void {
    if (!this.key.read(bytes, scanner.cells)) throw new Error('an edit without a key passed the check');
    const { value } = this.key;
    const number = this.size;
    this.positions.push(this.store.size);
    this.deletes.push(op === DELETE ? 1 : 0);
    for (const part of [line, value.length, scanner.end - start]) this.store.number(part);
    this.store.append(value.bytes, 0, value.length);
    this.store.append(bytes, start, scanner.end);
    const known = this.index.size;
    const key = this.index.number(value.bytes, value.length);
    if (key === known) this.firsts.push(number);
    this.keys.push(key);
  }

  /** Number of a key; -1 where no edit has it. */
  find(key: Uint8Array, length: number): number {
    return this.index.find(key, length);
  }

  keyOf(edit: number): number {
    return this.keys.at(edit);
  }

  isDelete(edit: number): boolean {
    return this.deletes.at(edit) === 1;
  }

  at(edit: number): Change {
    const position = this.positions.at(edit);
    const head = this.reader.at(position, HEAD_BYTES);
    const line = head.readDoubleLE(0);
    const keyLength = head.readDoubleLE(NUMBER_BYTES);
    const rowLength = head.readDoubleLE(2 * NUMBER_BYTES);
    const row = this.reader.at(position + HEAD_BYTES + keyLength, rowLength);
    return { op: this.isDelete(edit) ? DELETE : UPSERT, line, row };
  }

  close(): void {
    this.store.close();
  }

  private isKey(number: number, bytes: Uint8Array, length: number): boolean {
    const position = this.positions.at(this.firsts.at(number));
    if (this.reader.at(position, HEAD_BYTES).readDoubleLE(NUMBER_BYTES) !== length) return false;
    return this.reader.at(position + HEAD_BYTES, length).equals(bytes.subarray(0, length));
  }
}
