import { type HashKey, sipHash } from './sip-hash.ts';

/** An arena page: no key is longer than a record and the lengths of its parts. */
const PAGE_BITS = 21;
const PAGE_BYTES = 1 << PAGE_BITS;
const HEADER_BYTES = 4;
const FIRST_CAPACITY = 1024;
/** A place is counted in units of 4 bytes, so that 32 bits reach 16 GiB of keys. */
const UNIT = 4;

/**
 * An exact set of byte strings: open addressing over a table of places in an arena. About 8 bytes a key beside its own;
 * the arena grows page by page and is never copied.
 */
export class KeySet {
  size = 0;
  private readonly pages: Uint8Array[] = [];
  private used = PAGE_BYTES;
  /** Place + 1 of the key in each slot, 0 where there is none. */
  private slots = new Uint32Array(FIRST_CAPACITY);
  /** Low byte of the hash, so that most probes need no look at the arena. */
  private tags = new Uint8Array(FIRST_CAPACITY);
  private readonly key: HashKey;

  constructor(key: HashKey) {
    this.key = key;
  }

  has(bytes: Uint8Array, start: number, end: number): boolean {
    const hash = sipHash(bytes, start, end, this.key);
    const mask = this.slots.length - 1;
    for (let slot = (hash >>> 8) & mask; ; slot = (slot + 1) & mask) {
      const place = this.slots[slot] ?? 0;
      if (place === 0) return false;
      if (this.tags[slot] === (hash & 0xff) && this.equals(place - 1, bytes, start, end)) return true;
    }
  }

  /** Adds a key that is not there yet. */
  add(bytes: Uint8Array, start: number, end: number): void {
    if ((this.size + 1) * 4 > this.slots.length * 3) this.grow();
    const place = this.store(bytes, start, end);
    this.put(this.slots, this.tags, sipHash(bytes, start, end, this.key), place + 1);
    this.size += 1;
  }

  private put(slots: Uint32Array, tags: Uint8Array, hash: number, entry: number): void {
    const mask = slots.length - 1;
    let slot = (hash >>> 8) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = entry;
    tags[slot] = hash & 0xff;
  }

  private equals(place: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { page, offset, length } = this.at(place);
    if (length !== end - start) return false;
    for (let i = 0; i < length; i += 1) {
      if (page[offset + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  private at(place: number): { page: Uint8Array; offset: number; length: number } {
    const position = place * UNIT;
    const page = this.pages[Math.floor(position / PAGE_BYTES)] ?? new Uint8Array(0);
    const offset = position % PAGE_BYTES;
    const length =
      ((page[offset] ?? 0) |
        ((page[offset + 1] ?? 0) << 8) |
        ((page[offset + 2] ?? 0) << 16) |
        ((page[offset + 3] ?? 0) << 24)) >>>
      0;
    return { page, offset: offset + HEADER_BYTES, length };
  }

  private store(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (this.used + HEADER_BYTES + length > PAGE_BYTES) {
      this.pages.push(new Uint8Array(PAGE_BYTES));
      this.used = 0;
    }
    const page = this.pages.at(-1) ?? new Uint8Array(0);
    const place = ((this.pages.length - 1) * PAGE_BYTES + this.used) / UNIT;
    for (let i = 0; i < HEADER_BYTES; i += 1) page[this.used + i] = (length >>> (8 * i)) & 0xff;
    page.set(bytes.subarray(start, end), this.used + HEADER_BYTES);
    this.used += Math.ceil((HEADER_BYTES + length) / UNIT) * UNIT;
    return place;
  }

  /** The table alone is copied: keys stay where they are. */
  private grow(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const tags = new Uint8Array(slots.length);
    for (const entry of this.slots) {
      if (entry === 0) continue;
      const { page, offset, length } = this.at(entry - 1);
      this.put(slots, tags, sipHash(page, offset, offset + length, this.key), entry);
    }
    this.slots = slots;
    this.tags = tags;
  }
}
