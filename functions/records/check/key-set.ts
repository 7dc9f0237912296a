import type { KeyArena } from './key-arena.ts';
import { type HashKey, sipHash } from './sip-hash.ts';

/** Slots in a block of the table, 8 bytes each. */
const BLOCK_BITS = 13;
const BLOCK_SLOTS = 1 << BLOCK_BITS;
const HASHES = 2 ** 32;
/** Fuller tables cost more probes, emptier ones more memory: these two make 11 to 13 bytes a key. */
const MAX_LOAD = 0.75;
const GROWTH = 1.25;
/** Below it (8 MiB) a table grows fourfold: keys move a fifth as often, and the memory is little. */
const SMALL = 1 << 20;
const SMALL_GROWTH = 4;

/** Slots of two words: place + 1 of a key (0 where there is none), and its hash. */
type Block = Int32Array;
const emptyBlock = (): Block => new Int32Array(BLOCK_SLOTS * 2);

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
  /** Of no use but that `fetch` has one. */
  protected fetched = 0;

  constructor(key: HashKey, arena: KeyArena) {
    this.key = key;
    this.arena = arena;
  }

  /** @param hash of the key, where that is known. */
  has(bytes: Uint8Array, start: number, end: number, hash = this.hash(bytes, start, end)): boolean {
    return this.find(hash, bytes, start, end) < 0;
  }

  /**
   * Looks at the slots of keys that will be asked for soon: their memory, which no cache holds, comes for all of them in the
   * time of one or two.
   */
  fetch(hashes: Int32Array, count: number): void {
    const { blocks, scale } = this;
    let seen = 0;
    for (let i = 0; i < count; i += 1) {
      const slot = slotOf(hashes[i] ?? 0, scale);
      seen |= blocks[slot >> BLOCK_BITS]?.[(slot & (BLOCK_SLOTS - 1)) * 2] ?? 0;
    }
    this.fetched = seen;
  }

  /** Adds a key if it is not there yet; false if it is. */
  add(bytes: Uint8Array, start: number, end: number, hash = this.hash(bytes, start, end)): boolean {
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

  /** Signed, which is a number that V8 need not allocate. */
  hash(bytes: Uint8Array, start: number, end: number): number {
    return sipHash(bytes, start, end, this.key);
  }

  /** The slot in which a key would stand; -1 if it is there. */
  private find(hash: number, bytes: Uint8Array, start: number, end: number): number {
    let slot = slotOf(hash, this.scale);
    for (;;) {
      const block = this.blocks[slot >> BLOCK_BITS];
      if (block === undefined) return slot;
      for (let at = (slot & (BLOCK_SLOTS - 1)) * 2; at < block.length; at += 2, slot += 1) {
        const entry = block[at] ?? 0;
        if (entry === 0) return slot;
        if (block[at + 1] === hash && this.arena.equals((entry >>> 0) - 1, bytes, start, end)) return -1;
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
    let number = -1;
    let target: Block = new Int32Array(0);
    for (const block of this.blocks) {
      for (let at = 0; at < block.length; at += 2) {
        const entry = block[at] ?? 0;
        if (entry === 0) continue;
        const hash = block[at + 1] ?? 0;
        const home = slotOf(hash, scale);
        if (home >> BLOCK_BITS !== number) {
          number = home >> BLOCK_BITS;
          extend(number + 1);
          target = next[number] ?? target;
        }
        // Nearly always within the block, which is the one of the key before.
        let to = (home & (BLOCK_SLOTS - 1)) * 2;
        while (to < target.length && target[to] !== 0) to += 2;
        if (to < target.length) {
          target[to] = entry;
          target[to + 1] = hash;
        } else {
          put(next, freeFrom(next, (number + 1) << BLOCK_BITS), entry, hash);
        }
      }
      left.push(block.fill(0));
    }
    extend(capacity >> BLOCK_BITS);
    this.blocks = next;
    this.capacity = capacity;
    this.scale = scale;
  }
}

const slotOf = (hash: number, scale: number): number => ((hash >>> 0) * scale) | 0;

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
