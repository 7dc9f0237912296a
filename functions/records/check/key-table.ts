import { HEAD, SLOT, STAGED } from '../csv/native/key-code.ts';
import { orderKeys } from '../csv/native/key-order.ts';
import type { Program } from '../csv/native/program.ts';
import { RefusedFile } from '../formats/refused-file.ts';
import { ScratchFile } from '../scratch/scratch-file.ts';
import { addressOf, KeyMemory } from './key-memory.ts';
import { KeySlots } from './key-slots.ts';

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

export interface TableLimits {
  /** `MEMORY_BYTES` at most. */
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
 * A slot has the place of a key's bytes and of its hash as much as there is room for: a look-up compares bytes only where that is
 * equal. Equal hashes prove nothing: the bytes decide.
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
  private readonly known: KeyMemory;
  private readonly slots: KeySlots;
  private readonly order: Program;
  private readonly sets: number;
  private readonly maxKeys: number;
  /** Addresses: of those keys that go to the disk; where the next key is to stand. */
  private readonly spilling: number;
  private kept: number;
  private taken = 0;
  private isOrdered: boolean;
  private scratch: ScratchFile | undefined;
  private readBack = Buffer.alloc(256);

  constructor(sets: number, { memoryBytes = MEMORY_BYTES, keys = MAX_KEYS, hashMask = -1 }: TableLimits = {}) {
    this.sets = sets;
    this.isOrdered = sets === 1;
    this.maxKeys = keys;
    const known = new KeyMemory(sets, memoryBytes + SPILL_BYTES + PUT_BYTES);
    this.known = known;
    this.memory = known.memory;
    this.bytes = known.bytes;
    this.slots = new KeySlots(known, this.bytes.length, hashMask, (n) => this.isOnDisk(n));
    this.order = known.program(orderKeys);
    this.spilling = known.arena + memoryBytes;
    this.kept = known.arena;
    known.set(HEAD.sets, sets);
    known.set(HEAD.tail, this.kept);
    known.set(HEAD.limit, this.bytes.length);
    known.set(HEAD.arena, known.arena);
    known.set(HEAD.stay, memoryBytes / UNIT);
  }

  /** How many keys are there, of all sets. */
  get size(): number {
    return this.known.head(HEAD.size);
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
    this.known.set(HEAD.tail, this.kept);
  }

  /** Puts a key as number `n`; false where there is no room. */
  put(n: number, set: number, bytes: Uint8Array, start: number, end: number): boolean {
    const tail = this.known.head(HEAD.tail);
    const size = end - start;
    if (tail + size + MARGIN > this.known.head(HEAD.limit)) return false;
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
    this.known.note(n, STAGED.start, tail);
    this.known.note(n, STAGED.words, words);
    this.known.set(HEAD.tail, tail + words * UNIT);
    return true;
  }

  /** Says that there is no key of number `n`. */
  putNone(n: number): void {
    this.known.note(n, STAGED.start, 0);
    this.known.note(n, STAGED.words, 0);
  }

  /** Finds the bytes of the key that was put as number `n`, from `start` up to `end` of `bytes`; false if there is none. */
  find(n: number): boolean {
    let at = this.known.staged(n, STAGED.start);
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
    }
    this.reserve(count);
    this.taken = this.slots.take(count);
    return this.taken;
  }

  /** Makes slots for so many keys more. */
  private reserve(count: number): void {
    const isWide = this.slots.isWide || this.known.head(HEAD.tail) >= this.spilling;
    if (this.isOrdered || isWide !== this.slots.isWide) this.slots.enter(count, this.kept, isWide);
    else this.slots.reserve(count, this.kept);
    this.isOrdered = false;
  }

  /**
   * Keeps the first so many of the keys that were taken; the others are free again.
   * @throws as the disk does, and `RefusedFile` if there are more keys than can be compared.
   */
  keep(count: number): void {
    if (count < this.taken && !this.isOrdered) this.slots.leave(count, this.taken);
    this.taken = 0;
    for (let n = count - 1; n >= 0; n -= 1) {
      const start = this.known.staged(n, STAGED.start);
      if (start === 0) continue;
      this.kept = start + this.known.staged(n, STAGED.words) * UNIT;
      if (this.isOrdered) this.keepOrdered(start, this.known.staged(n, STAGED.slot));
      break;
    }
    if (this.size > this.maxKeys) throw tooMany(this.maxKeys);
    if (this.kept >= this.spilling + SPILL_BYTES) this.spill();
    this.clear();
  }

  /** @param last address of the last of so many keys more */
  private keepOrdered(last: number, more: number): void {
    this.known.set(HEAD.last, last);
    this.known.set(HEAD.size, this.size + more);
  }

  /** Gives back what is on disk. */
  close(): void {
    this.scratch?.close();
  }

  private spill(): void {
    if (!this.slots.isWide) this.slots.enter(0, this.kept, true);
    this.isOrdered = false;
    this.scratch ??= new ScratchFile();
    this.scratch.append(this.bytes.subarray(this.spilling, this.kept));
    const units = this.scratch.size / UNIT;
    if (this.known.head(HEAD.stay) + units > MAX_PLACE - (SPILL_BYTES + PUT_BYTES) / UNIT) throw tooMany(this.size);
    this.known.set(HEAD.spilled, units);
    this.kept = this.spilling;
  }

  /** Whether the key of number `n` is the one on disk at whose slot `take` has stopped. */
  private isOnDisk(n: number): boolean {
    const [entry = 0] = new Int32Array(this.memory.buffer, this.known.staged(n, STAGED.slot) + SLOT.place, 1);
    const start = this.known.staged(n, STAGED.start);
    const size = this.known.staged(n, STAGED.words) * UNIT;
    if (this.readBack.length < size) this.readBack = Buffer.alloc(size);
    const target = this.readBack.subarray(0, size);
    const read = this.scratch?.read(((entry >>> 0) - 1 - this.known.head(HEAD.stay)) * UNIT, target) ?? 0;
    // The last one may be shorter.
    return this.bytes.subarray(start, start + size).equals(target.subarray(0, read));
  }
}

const wordsOf = (bytes: number): number => Math.ceil(bytes / UNIT);

const tooMany = (keys: number): RefusedFile =>
  new RefusedFile(
    'too-large',
    `the file has more than ${keys} values of unique fields and keys, which is more than one check compares; send fewer records`,
  );
