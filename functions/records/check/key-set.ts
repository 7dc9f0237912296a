import type { KeyArena } from './key-arena.ts';
import { type HashKey, sipHash } from './sip-hash.ts';

/** Slots in a block of the table, 8 bytes each. */
const BLOCK_BITS = 13;
const BLOCK_SLOTS = 1 << BLOCK_BITS;
const HASHES = 2 ** 32;
/** Fuller tables cost more probes, emptier ones more memory: these two make 11 to 13 bytes a key. */
const MAX_LOAD = 0.75;
const GROWTH = 1.25;
/** Below it (8 MiB) a table doubles: keys move half as often, and the memory is little. */
const SMALL = 1 << 20;
const SMALL_GROWTH = 2;

/** Slots of two words: place + 1 of a key (0 where there is none), and its hash. */
type Block = Uint32Array;
const emptyBlock = (): Block => new Uint32Array(BLOCK_SLOTS * 2);

/**
 * An exact set of byte strings: open addressing over places in an arena. Hashes stand whole in the table, so that it grows
 * without a look at the keys, and a look-up compares keys only where all 32 bits are equal: where the key is there, and
 * for one of 200 others among 21 million. Equal hashes prove nothing: the bytes decide.
 *
 * A hash stands at its share of the table's length, or soon behind. So the table grows from its beginning to its end, and
 * takes for its new blocks those that it has left behind: it never needs more memory than what it grows to.
 */
export class KeySet {
  size = 0;
  private readonly arena: KeyArena;
  private readonly key: HashKey;
  private blocks: Block[] = [emptyBlock()];
  private capacity = BLOCK_SLOTS;
  /** From a hash to its slot. */
  private scale = BLOCK_SLOTS / HASHES;

  constructor(key: HashKey, arena: KeyArena) {
    this.key = key;
    this.arena = arena;
  }

  has(bytes: Uint8Array, start: number, end: number): boolean {
    return this.find(this.hash(bytes, start, end), bytes, start, end) < 0;
  }

  /** Adds a key if it is not there yet; false if it is. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    const hash = this.hash(bytes, start, end);
    const slot = this.find(hash, bytes, start, end);
    if (slot < 0) return false;
    put(this.blocks, slot, this.arena.append(bytes, start, end) + 1, hash);
    this.size += 1;
    if (this.size > this.capacity * MAX_LOAD) this.grow();
    return true;
  }

  /** Gives back what is on disk, also of the other sets that share the arena. */
  close(): void {
    this.arena.close();
  }

  protected hash(bytes: Uint8Array, start: number, end: number): number {
    return sipHash(bytes, start, end, this.key);
  }

  /** The slot in which a key would stand; -1 if it is there. */
  private find(hash: number, bytes: Uint8Array, start: number, end: number): number {
    let slot = (hash * this.scale) | 0;
    for (;;) {
      const block = this.blocks[slot >> BLOCK_BITS];
      if (block === undefined) return slot;
      for (let at = (slot & (BLOCK_SLOTS - 1)) * 2; at < block.length; at += 2, slot += 1) {
        const entry = block[at] ?? 0;
        if (entry === 0) return slot;
        if (block[at + 1] === hash && this.arena.equals(entry - 1, bytes, start, end)) return -1;
      }
    }
  }

  private grow(): void {
    const capacity =
      Math.ceil((this.capacity * (this.capacity < SMALL ? SMALL_GROWTH : GROWTH)) / BLOCK_SLOTS) * BLOCK_SLOTS;
    const scale = capacity / HASHES;
    const next: Block[] = [];
    const left: Block[] = [];
    const extend = (length: number): void => {
      while (next.length < length) next.push(left.pop() ?? emptyBlock());
    };
    for (const block of this.blocks) {
      for (let at = 0; at < block.length; at += 2) {
        const entry = block[at] ?? 0;
        if (entry === 0) continue;
        const hash = block[at + 1] ?? 0;
        const home = (hash * scale) | 0;
        extend((home >> BLOCK_BITS) + 1);
        put(next, freeFrom(next, home), entry, hash);
      }
      left.push(block.fill(0));
    }
    extend(capacity >> BLOCK_BITS);
    this.blocks = next;
    this.capacity = capacity;
    this.scale = scale;
  }
}

function freeFrom(blocks: readonly Block[], home: number): number {
  let slot = home;
  while ((blocks[slot >> BLOCK_BITS]?.[(slot & (BLOCK_SLOTS - 1)) * 2] ?? 0) !== 0) slot += 1;
  return slot;
}

/** The keys of the highest hashes may stand behind the capacity: a search never goes on at the table's start. */
function put(blocks: Block[], slot: number, entry: number, hash: number): void {
  const number = slot >> BLOCK_BITS;
  const block = (blocks[number] ??= emptyBlock());
  const at = (slot & (BLOCK_SLOTS - 1)) * 2;
  block[at] = entry;
  block[at + 1] = hash;
}
