import { GOOD, MISSING, UNSURE } from '../csv/cell-rule.ts';
import type { Cells } from '../csv/cells.ts';
import type { NativeScan } from '../csv/native/native-scan.ts';
import type { Window } from '../csv/window.ts';
import { KEY_TEXT_BYTES, type KeyText, keyTextOf } from '../types/certain/key-text.ts';
import type { Column } from '../types/column.ts';
import { type Key, KeyBuffer } from './keys.ts';

/** Beside GOOD, MISSING and UNSURE: the key's bytes were made of its values, and do not stand in the window. */
const MADE = 4;

/**
 * The keys of some records that were read and are certainly good by themselves, before it is asked who has them: so all
 * of them can be hashed, and then what the table says of them comes from memory side by side. One after another, each waits
 * for its own.
 */
export class KeysAhead {
  private readonly keys: readonly Key[];
  private readonly columns: readonly Column[];
  /** Of each column: how its values become canonical bytes without strings. */
  private readonly texts: readonly (KeyText | undefined)[];
  private readonly text = new Uint8Array(KEY_TEXT_BYTES);
  private readonly window: Window;
  private readonly scan: NativeScan;
  private readonly cells: Cells;
  private readonly outcomes: Uint8Array;
  private readonly made = new KeyBuffer();
  /** Of key k of record r at k * capacity + r. */
  private readonly states: Uint8Array;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly hashes: readonly Int32Array[];
  private readonly capacity: number;

  constructor(keys: readonly Key[], columns: readonly Column[], window: Window, scan: NativeScan) {
    const { cells, outcomes } = scan;
    this.keys = keys;
    this.columns = columns;
    this.texts = columns.map(({ field }) => keyTextOf(field));
    this.window = window;
    this.scan = scan;
    this.cells = cells;
    this.outcomes = outcomes;
    this.capacity = cells.capacity;
    this.states = new Uint8Array(keys.length * cells.capacity);
    this.starts = new Int32Array(keys.length * cells.capacity);
    this.ends = new Int32Array(keys.length * cells.capacity);
    this.hashes = keys.map(() => new Int32Array(cells.capacity));
  }

  clear(): void {
    this.made.clear();
  }

  /** Notes the keys of the record that was read last. */
  note(record: number): void {
    for (let k = 0, n = record; k < this.keys.length; k += 1, n += this.capacity) {
      const key = this.keys[k];
      const hashes = this.hashes[k];
      if (!key || !hashes) continue;
      const state = this.find(key, n);
      this.states[n] = state;
      if (state === GOOD || state === MADE)
        hashes[record] = key.seen.hash(this.bytesOf(state), this.starts[n] ?? 0, this.ends[n] ?? 0);
    }
  }

  /** Makes ready for `take` what is known of the keys of the first so many records. */
  fetch(records: number): void {
    for (let k = 0; k < this.keys.length; k += 1) {
      const hashes = this.hashes[k];
      if (hashes) this.keys[k]?.seen.fetch(hashes, records);
    }
  }

  /** Takes all keys of a record, or none: false if they are not certain or another record has one. */
  take(record: number): boolean {
    if (this.keys.length > 1) {
      for (let k = 0; k < this.keys.length; k += 1) if (!this.ask(k, record, false)) return false;
    }
    for (let k = 0; k < this.keys.length; k += 1) if (!this.ask(k, record, true)) return false;
    return true;
  }

  /** Whether a key is free, or is none. @param takes it as well */
  private ask(k: number, record: number, takes: boolean): boolean {
    const n = k * this.capacity + record;
    const state = this.states[n] ?? UNSURE;
    const seen = this.keys[k]?.seen;
    if (state === UNSURE || !seen) return false;
    if (state === MISSING) return true;
    const bytes = this.bytesOf(state);
    const start = this.starts[n] ?? 0;
    const end = this.ends[n] ?? 0;
    const hash = this.hashes[k]?.[record];
    return takes ? seen.add(bytes, start, end, hash) : !seen.has(bytes, start, end, hash);
  }

  private bytesOf(state: number): Buffer {
    return state === MADE ? this.made.bytes : this.window.bytes;
  }

  /** GOOD and MADE: where the key stands is written down. MISSING: the record has none. */
  private find({ parts }: Key, n: number): number {
    const { outcomes, made } = this;
    for (const part of parts) if (outcomes[part] === MISSING) return MISSING;
    const only = parts.length === 1 ? (parts[0] ?? 0) : -1;
    if (only >= 0 && outcomes[only] === GOOD) {
      const { offsets, first } = this.cells;
      this.starts[n] = offsets[(first + only) * 2] ?? 0;
      this.ends[n] = offsets[(first + only) * 2 + 1] ?? 0;
      return GOOD;
    }
    this.starts[n] = made.length;
    for (const part of parts) if (!this.addPart(part, parts.length)) return UNSURE;
    this.ends[n] = made.length;
    return MADE;
  }

  /** Canonical bytes are in the window, or are made of the value: a record that is good is not read once more for them. */
  private addPart(part: number, parts: number): boolean {
    const { bytes } = this.window;
    const { offsets, first } = this.cells;
    const n = first + part;
    const start = offsets[n * 2] ?? 0;
    const end = offsets[n * 2 + 1] ?? 0;
    if (this.outcomes[part] === GOOD) {
      this.put(bytes, start, end, parts);
      return true;
    }
    const moment = this.scan.moment(part);
    const text = this.texts[part];
    if (moment && text) {
      this.put(this.text, 0, text(moment, bytes, start, this.text), parts);
      return true;
    }
    const { type } = this.columns[part] ?? {};
    const value = type?.read(this.cells.text(bytes, part));
    if (!type || value === undefined) return false;
    const canonical = Buffer.from(type.canonical(value), 'utf8');
    this.put(canonical, 0, canonical.length, parts);
    return true;
  }

  private put(bytes: Uint8Array, start: number, end: number, parts: number): void {
    if (parts === 1) this.made.alone(bytes, start, end);
    else this.made.part(bytes, start, end);
  }
}
