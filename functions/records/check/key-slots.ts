import { randomBytes } from 'node:crypto';
import {
  clearSlots,
  growTable,
  HEAD,
  leaveKeys,
  NARROW,
  noteKeys,
  SLOT,
  STAGED,
  takeKeys,
} from '../csv/native/key-code.ts';
import { hashKeys } from '../csv/native/key-hash.ts';
import { takeNarrow } from '../csv/native/key-narrow.ts';
import type { Program } from '../csv/native/program.ts';
import { addressOf, type KeyMemory, MOST_AHEAD } from './key-memory.ts';

const FIRST_SLOTS = 8192;
/** At the end of the table: a search never goes on at its start. */
const SLOTS_BEHIND = 4096;
/** Fuller tables cost more probes, emptier ones more memory. */
const MAX_LOAD = 0.75;

/** A kind of slots: what is to be known of it, and how long the table is made that follows one of so many slots. */
interface Kind {
  readonly bits: number;
  readonly longer: (slots: number) => number;
}
/** Up to here (8 MiB) a table of narrow slots grows sixteenfold: all keys go into their slots anew, and the memory is little. */
const SMALL_NARROW = 1 << 21;
const NARROW_SLOTS: Kind = { bits: NARROW.bits, longer: (slots) => slots * (slots < SMALL_NARROW ? 16 : 2) };
/** The same of wide ones (8 MiB), fourfold; then by a quarter, which makes 11 to 13 bytes a key. */
const SMALL_WIDE = 1 << 20;
const WIDE_SLOTS: Kind = {
  bits: SLOT.bits,
  longer: (slots) => Math.ceil((slots * (slots < SMALL_WIDE ? 4 : 1.25)) / FIRST_SLOTS) * FIRST_SLOTS,
};

/**
 * The table of all keys of a check. As long as they all stand in memory, its slots are narrow: a place of 24 bits, and a byte of
 * the hash. Half as much memory has to be got, and comes from beyond the caches, and four slots are compared at once. When
 * such a table grows, all keys are hashed anew. Where keys stand on disk too, that would be slow, and so would be a look at one
 * key of 256 that is another: those slots are wide, with all of a hash.
 */
export class KeySlots {
  private readonly memory: KeyMemory;
  private readonly table: number;
  private readonly note: Program;
  private readonly hash: Program;
  private readonly takeNarrow: Program;
  private readonly takeWide: Program;
  private readonly leaveFrom: Program;
  private readonly growBy: Program;
  private readonly clear: Program;
  private readonly isOnDisk: (n: number) => boolean;
  private kind: Kind = NARROW_SLOTS;

  /**
   * @param table its address, behind which there is nothing else
   * @param hashMask what is used of a hash
   * @param isOnDisk whether the key of that number is the one on disk whose slot is noted for it
   */
  constructor(memory: KeyMemory, table: number, hashMask: number, isOnDisk: KeySlots['isOnDisk']) {
    this.memory = memory;
    this.isOnDisk = isOnDisk;
    this.table = table;
    this.note = memory.program(noteKeys);
    this.hash = memory.program(hashKeys);
    this.takeNarrow = memory.program(takeNarrow);
    this.takeWide = memory.program(takeKeys);
    this.leaveFrom = memory.program(leaveKeys);
    this.growBy = memory.program(growTable);
    this.clear = memory.program(clearSlots);
    // No outcome depends on it: only who could make a check slow.
    const secret = randomBytes(8);
    memory.set(HEAD.secret, secret.readInt32LE(0));
    memory.set(HEAD.secret + 4, secret.readInt32LE(4));
    memory.set(HEAD.mask, hashMask);
    memory.set(HEAD.table, table);
    this.begin(FIRST_SLOTS);
  }

  get isWide(): boolean {
    return this.kind === WIDE_SLOTS;
  }

  /**
   * Takes the first so many keys that were put, up to the first that is there already. Answers how many. There has to be
   * room for them.
   */
  take(count: number): number {
    const { memory } = this;
    const end = addressOf(count);
    this.hash(addressOf(0), end);
    if (!this.isWide) return numberOf(this.takeNarrow(addressOf(0), end));
    for (let n = 0; ;) {
      n = numberOf(this.takeWide(addressOf(n), end));
      if (memory.head(HEAD.asks) === 0) return n;
      memory.set(HEAD.asks, 0);
      if (this.isOnDisk(n)) return n;
      memory.note(n, STAGED.slot, memory.staged(n, STAGED.slot) + SLOT.bytes);
    }
  }

  /** Gives back the slots of keys that were taken last, from number `from` up to `to`. */
  leave(from: number, to: number): void {
    this.leaveFrom(addressOf(from), addressOf(to));
  }

  /** Makes room for so many keys more. @param kept end of those that are there, which all stand in memory unless slots are wide */
  reserve(count: number, kept: number): void {
    const { memory } = this;
    const needed = memory.head(HEAD.size) + count;
    if (needed <= memory.head(HEAD.capacity) * MAX_LOAD) return;
    if (!this.isWide) this.enter(count, kept, false);
    else while (needed > memory.head(HEAD.capacity) * MAX_LOAD) this.grow();
  }

  /** Puts all keys up to `kept`, which all stand in memory, into a new table, with room for so many keys more. */
  enter(count: number, kept: number, isWide: boolean): void {
    const kind = isWide ? WIDE_SLOTS : NARROW_SLOTS;
    const { memory } = this;
    const needed = memory.head(HEAD.size) + count;
    let slots = FIRST_SLOTS;
    while (needed > slots * MAX_LOAD) slots = kind.longer(slots);
    this.kind = kind;
    this.begin(slots);
    // Also what is 0 already: a page that is read before it is written to costs the system twice.
    this.clear(this.table, this.endOf(slots));
    memory.set(HEAD.size, 0);
    memory.aside(() => {
      const end = addressOf(MOST_AHEAD);
      for (let at = memory.arena; at < kept;) {
        at = this.note(at, kept, addressOf(0), end);
        this.take(MOST_AHEAD);
      }
    });
  }

  private begin(slots: number): void {
    this.memory.reach(this.endOf(slots));
    this.memory.set(HEAD.capacity, slots);
    this.memory.set(HEAD.slotBits, this.kind.bits);
  }

  private endOf(slots: number): number {
    return this.table + ((slots + SLOTS_BEHIND) << this.kind.bits);
  }

  private grow(): void {
    const slots = this.memory.head(HEAD.capacity);
    const longer = this.kind.longer(slots);
    this.memory.reach(this.endOf(longer));
    this.growBy(slots + SLOTS_BEHIND, longer - slots);
  }
}

const numberOf = (address: number): number => (address - addressOf(0)) / STAGED.bytes;
