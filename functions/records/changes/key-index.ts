import { randomBytes } from 'node:crypto';
import { type HashKey, sipHash } from '../check/sip-hash.ts';

const FIRST_CAPACITY = 1024;

/** Whether the key with this number consists of just these bytes. */
export type SameKey = (number: number, bytes: Uint8Array, length: number) => boolean;

/**
 * Numbers keys from 0 in the order in which they come. Their bytes are the caller's to keep, and are looked at only where
 * all 32 bits of two hashes are equal; 4 bytes for the hash and about 8 for the table remain in memory a key.
 */
export class KeyIndex {
  size = 0;
  private hashes = new Int32Array(FIRST_CAPACITY);
  /** Number + 1, 0 where there is none. */
  private slots = new Uint32Array(FIRST_CAPACITY * 2);
  private readonly same: SameKey;
  private readonly secret: HashKey;

  constructor(same: SameKey) {
    this.same = same;
    const bytes = randomBytes(8);
    this.secret = [bytes.readInt32LE(0), bytes.readInt32LE(4)];
  }

  /** -1 where it is not there. */
  find(bytes: Uint8Array, length: number): number {
    return this.look(sipHash(bytes, 0, length, this.secret), bytes, length);
  }

  /** The number of a key, a new one (what was `size`) if it was not there. */
  number(bytes: Uint8Array, length: number): number {
    const hash = sipHash(bytes, 0, length, this.secret);
    const found = this.look(hash, bytes, length);
    if (found >= 0) return found;
    if (this.size === this.hashes.length) this.grow();
    this.hashes[this.size] = hash;
    this.put(this.slots, this.size);
    this.size += 1;
    return this.size - 1;
  }

  private look(hash: number, bytes: Uint8Array, length: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.slots[slot] ?? 0) - 1;
      if (number < 0 || (this.hashes[number] === hash && this.same(number, bytes, length))) return number;
    }
  }

  private put(slots: Uint32Array, number: number): void {
    const mask = slots.length - 1;
    let slot = (this.hashes[number] ?? 0) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
  }

  private grow(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.slots = new Uint32Array(hashes.length * 2);
    for (let number = 0; number < this.size; number += 1) this.put(this.slots, number);
  }
}
