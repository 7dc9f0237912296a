import { randomBytes } from 'node:crypto';
import { MOST_KEY_PAGES, type WasmFunction } from '../csv/native/assembler.ts';
import { growTable, HEAD, leaveKeys, SLOT, STAGED, takeKeys } from '../csv/native/key-code.ts';
import { hashKeys } from '../csv/native/key-hash.ts';
import { orderKeys } from '../csv/native/key-order.ts';
import { type Program, programOf } from '../csv/native/program.ts';
import { RefusedFile } from '../formats/refused-file.ts';
import { ScratchFile } from '../scratch/scratch-file.ts';

/** What all keys of a check keep in memory of their own bytes; what comes later stands on disk. */
const MEMORY_BYTES = 64 * 1024 * 1024;
/** Of all keys of a check: one of 100 million records. Their table takes 13 bytes each, and the worker has 2 GiB. */
const MAX_KEYS = 100 * 1024 * 1024;
/** So much goes to the disk at once. */
const SPILL_BYTES = 1024 * 1024;
/** For keys that are put and not taken yet: as long as one can be. */
const PUT_BYTES = 16 * 1024 * 1024;
/** A place is counted in units of 4 bytes, so that 32 bits reach 16 GiB of keys. */
const UNIT = 4;
const MAX_PLACE = 2 ** 32 - 2;
/** Of a key beside its bytes. */
const MARGIN = 16;
/** Below it a loop is faster than a copy by the system. */
const SHORT = 32;

const PAGE = 64 * 1024;
const FIRST_SLOTS = 8192;
/** At the end of the table: a search never goes on at its start. */
const SLOTS_BEHIND = 4096;
/** Fuller tables cost more probes, emptier ones more memory: these two make 11 to 13 bytes a key. */
const MAX_LOAD = 0.75;
const GROWTH = 1.25;
/** Below it (8 MiB) a table grows fourfold: keys move a fifth as often, and the memory is little. */
const SMALL = 1 << 20;
const SMALL_GROWTH = 4;

/** Records whose keys are put before the first of them is taken: enough that what is known of them comes side by side. */
export const MOST_AHEAD = 64;

export interface TableLimits {
  readonly memoryBytes?: number;
  readonly keys?: number;
  /** What is used of a hash. */
  readonly hashMask?: number;
}

/** Who has a key: a set, or what is known of one that is not here. */
export interface Seen {
  has(bytes: Uint8Array, start: number, end: number): boolean;
  /** Adds a key if it is not there yet; false if it is. */
  add(bytes: Uint8Array, start: number, end: number): boolean;
}

/**
 * The keys of a check: exact sets of byte strings in one open table, by programs in memory of its own (`csv/native/key-code.ts`).
 * A slot has the place of a key's bytes and its hash, so that the table grows without a look at the keys, and a look-up compares
 * bytes only where all 32 bits are equal: where the key is there, and for one of 200 others among 21 million. Equal hashes
 * prove nothing: the bytes decide.
 *
 * The bytes are whole words: a varint that tells their number and the set, so that no key is the beginning of another, and the
 * bytes themselves. Keys are put behind all others, then taken, which tells the first that was there, then kept. The first
 * stay in memory; what comes later goes to a scratch file, which is read for the rare comparison alone.
 *
 * As long as the keys of a single set come in order, each after the last, none can be there already, and there is no table.
 */
export class KeyTable {
  readonly memory: WebAssembly.Memory;
  readonly bytes: Buffer;
  /** Of the key that `find` has found. */
  start = 0;
  end = 0;
  private readonly words: Int32Array;
  private readonly sets: number;
  private readonly maxKeys: number;
  /** Addresses: of the keys; of those among them that go to the disk; where the next key is to stand. */
  private readonly arena: number;
  private readonly spilling: number;
  private kept: number;
  private taken = 0;
  private readonly order: Program;
  private readonly hash: Program;
  private readonly takeFrom: Program;
  private readonly leave: Program;
  private readonly growBy: Program;
  private isOrdered: boolean;
  private scratch: ScratchFile | undefined;
  private readBack = Buffer.alloc(256);

  constructor(sets: number, { memoryBytes = MEMORY_BYTES, keys = MAX_KEYS, hashMask = -1 }: TableLimits = {}) {
    this.sets = sets;
    this.isOrdered = sets === 1;
    this.maxKeys = keys;
    this.arena = Math.ceil((HEAD.bytes + sets * MOST_AHEAD * STAGED.bytes) / PAGE) * PAGE;
    this.spilling = this.arena + memoryBytes;
    const table = this.spilling + SPILL_BYTES + PUT_BYTES;
    this.memory = new WebAssembly.Memory({
      initial: pagesOf(table, FIRST_SLOTS),
      maximum: MOST_KEY_PAGES,
      shared: true,
    });
    this.words = new Int32Array(this.memory.buffer, 0, this.arena / 4);
    this.bytes = Buffer.from(this.memory.buffer, 0, table);
    this.order = this.program(orderKeys);
    this.hash = this.program(hashKeys);
    this.takeFrom = this.program(takeKeys);
    this.leave = this.program(leaveKeys);
    this.growBy = this.program(growTable);
    const secret = randomBytes(8);
    this.kept = this.arena;
    this.set(HEAD.sets, sets);
    this.set(HEAD.tail, this.kept);
    this.set(HEAD.limit, table);
    this.set(HEAD.arena, this.arena);
    this.set(HEAD.stay, memoryBytes / UNIT);
    this.set(HEAD.table, table);
    this.set(HEAD.capacity, FIRST_SLOTS);
    // No outcome depends on it: only who could make a check slow.
    this.set(HEAD.secret, secret.readInt32LE(0));
    this.set(HEAD.secret + 4, secret.readInt32LE(4));
    this.set(HEAD.mask, hashMask);
  }

  /** How many keys are there, of all sets. */
  get size(): number {
    return this.head(HEAD.size);
  }

  /** One of the sets, from 0. */
  seen(set: number): Seen {
    const one = (bytes: Uint8Array, start: number, end: number): number => {
      this.clear();
      if (!this.put(0, set, bytes, start, end)) throw new Error('a key is longer than any record');
      return this.take(1);
    };
    return {
      has: (bytes, start, end) => {
        const taken = one(bytes, start, end);
        this.keep(0);
        return taken === 0;
      },
      add: (bytes, start, end) => {
        const taken = one(bytes, start, end);
        this.keep(taken);
        return taken === 1;
      },
    };
  }

  /** Forgets keys that were put and not taken. */
  clear(): void {
    this.set(HEAD.tail, this.kept);
  }

  /** Puts a key as number `n`; false where there is no room. */
  put(n: number, set: number, bytes: Uint8Array, start: number, end: number): boolean {
    const tail = this.head(HEAD.tail);
    const size = end - start;
    if (tail + size + MARGIN > this.head(HEAD.limit)) return false;
    let at = tail;
    let rest = size * this.sets + set;
    for (; rest > 0x7f; rest = Math.floor(rest / 128), at += 1) this.bytes[at] = (rest & 0x7f) | 0x80;
    this.bytes[at] = rest;
    at += 1;
    if (size > SHORT) this.bytes.set(bytes.subarray(start, end), at);
    else for (let i = 0; i < size; i += 1) this.bytes[at + i] = bytes[start + i] ?? 0;
    at += size;
    const words = wordsOf(at - tail);
    for (; at < tail + words * UNIT; at += 1) this.bytes[at] = 0;
    this.note(n, STAGED.start, tail);
    this.note(n, STAGED.words, words);
    this.set(HEAD.tail, tail + words * UNIT);
    return true;
  }

  /** Says that there is no key of number `n`. */
  putNone(n: number): void {
    this.note(n, STAGED.start, 0);
    this.note(n, STAGED.words, 0);
  }

  /** Finds the bytes of the key that was put as number `n`, from `start` up to `end` of `bytes`; false if there is none. */
  find(n: number): boolean {
    let at = this.staged(n, STAGED.start);
    if (at === 0) return false;
    let value = 0;
    for (let scale = 1; ; scale *= 128, at += 1) {
      const byte = this.bytes[at] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    this.start = at + 1;
    this.end = this.start + Math.floor(value / this.sets);
    return true;
  }

  /**
   * Takes the first so many keys that were put, up to the first that is there already. Answers how many; `keep` is to be
   * called then.
   */
  take(count: number): number {
    if (this.isOrdered) {
      this.taken = this.order(addressOf(0), addressOf(count)) === addressOf(count) ? count : 0;
      if (this.taken === count) return count;
      this.index();
    }
    this.taken = this.takeHashed(count);
    return this.taken;
  }

  private takeHashed(count: number): number {
    while (this.size + count > this.head(HEAD.capacity) * MAX_LOAD) this.grow();
    const end = addressOf(count);
    this.hash(addressOf(0), end);
    let n = 0;
    for (;;) {
      n = (this.takeFrom(addressOf(n), end) - addressOf(0)) / STAGED.bytes;
      if (this.head(HEAD.asks) === 0) break;
      this.set(HEAD.asks, 0);
      if (this.isOnDisk(n)) break;
      this.note(n, STAGED.slot, this.staged(n, STAGED.slot) + SLOT.bytes);
    }
    return n;
  }

  /** Keys no longer come in order: those that did go into the table. Those that are put and not taken stay so. */
  private index(): void {
    const first = addressOf(0) / 4;
    const put = this.words.slice(first, addressOf(MOST_AHEAD) / 4);
    this.isOrdered = false;
    this.set(HEAD.size, 0);
    for (let at = this.arena; at < this.kept;) {
      let count = 0;
      for (; count < MOST_AHEAD && at < this.kept; count += 1) {
        // Of one set, and short: its length is its first byte.
        const words = wordsOf(1 + (this.bytes[at] ?? 0));
        this.note(count, STAGED.start, at);
        this.note(count, STAGED.words, words);
        at += words * UNIT;
      }
      this.takeHashed(count);
    }
    this.words.set(put, first);
  }

  /**
   * Keeps the first so many of the keys that were taken; the others are free again.
   * @throws as the disk does, and `RefusedFile` if there are more keys than can be compared.
   */
  keep(count: number): void {
    if (count < this.taken && !this.isOrdered) this.leave(addressOf(count), addressOf(this.taken));
    this.taken = 0;
    for (let n = count - 1; n >= 0; n -= 1) {
      const start = this.staged(n, STAGED.start);
      if (start === 0) continue;
      this.kept = start + this.staged(n, STAGED.words) * UNIT;
      if (this.isOrdered) this.keepOrdered(start, this.staged(n, STAGED.slot));
      break;
    }
    if (this.size > this.maxKeys) throw tooMany(this.maxKeys);
    if (this.kept >= this.spilling + SPILL_BYTES) this.spill();
    this.clear();
  }

  /** @param last address of the last of so many keys more */
  private keepOrdered(last: number, more: number): void {
    this.set(HEAD.last, last);
    this.set(HEAD.size, this.size + more);
  }

  /** Gives back what is on disk. */
  close(): void {
    this.scratch?.close();
  }

  private grow(): void {
    const capacity = this.head(HEAD.capacity);
    const longer = Math.ceil((capacity * (capacity < SMALL ? SMALL_GROWTH : GROWTH)) / FIRST_SLOTS) * FIRST_SLOTS;
    const table = this.head(HEAD.table);
    this.memory.grow(pagesOf(table, longer) - pagesOf(table, capacity));
    this.growBy(capacity + SLOTS_BEHIND, longer - capacity);
  }

  private spill(): void {
    if (this.isOrdered) this.index();
    this.scratch ??= new ScratchFile();
    this.scratch.append(this.bytes.subarray(this.spilling, this.kept));
    const units = this.scratch.size / UNIT;
    if (this.head(HEAD.stay) + units > MAX_PLACE - (SPILL_BYTES + PUT_BYTES) / UNIT) throw tooMany(this.size);
    this.set(HEAD.spilled, units);
    this.kept = this.spilling;
  }

  /** Whether the key of number `n` is the one on disk at whose slot `take` has stopped. */
  private isOnDisk(n: number): boolean {
    const [entry = 0] = new Int32Array(this.memory.buffer, this.staged(n, STAGED.slot) + SLOT.place, 1);
    const start = this.staged(n, STAGED.start);
    const size = this.staged(n, STAGED.words) * UNIT;
    if (this.readBack.length < size) this.readBack = Buffer.alloc(size);
    const target = this.readBack.subarray(0, size);
    const read = this.scratch?.read(((entry >>> 0) - 1 - this.head(HEAD.stay)) * UNIT, target) ?? 0;
    // The last one may be shorter.
    return this.bytes.subarray(start, start + size).equals(target.subarray(0, read));
  }

  private program(func: WasmFunction): Program {
    const program = programOf(func, { keys: this.memory });
    if (!program) throw new Error('no WebAssembly for keys on this machine');
    return program;
  }

  /** Of the head, all of whose fields are unsigned. */
  private head(field: number): number {
    return (this.words[field >> 2] ?? 0) >>> 0;
  }

  private set(field: number, value: number): void {
    this.words[field >> 2] = value;
  }

  private staged(n: number, field: number): number {
    return this.words[(addressOf(n) + field) >> 2] ?? 0;
  }

  private note(n: number, field: number, value: number): void {
    this.words[(addressOf(n) + field) >> 2] = value;
  }
}

/** Address of what is known of the key that was put as number `n`. */
export const addressOf = (n: number): number => HEAD.bytes + n * STAGED.bytes;

const wordsOf = (bytes: number): number => Math.ceil(bytes / UNIT);

const pagesOf = (table: number, slots: number): number =>
  Math.ceil((table + (slots + SLOTS_BEHIND) * SLOT.bytes) / PAGE);

const tooMany = (keys: number): RefusedFile =>
  new RefusedFile(
    'too-large',
    `the file has more than ${keys} values of unique fields and keys, which is more than one check compares; send fewer records`,
  );
