import { RefusedFile } from '../formats/refused-file.ts';
import { ScratchFile } from '../scratch/scratch-file.ts';

const PAGE_BITS = 20;
const PAGE_BYTES = 1 << PAGE_BITS;
/** A place is counted in units of 4 bytes, so that 32 bits reach 16 GiB of keys. */
const UNIT_BITS = 2;
const MAX_PLACE = 2 ** 32 - 2;
/** What all keys of a check keep in memory of their own bytes; what comes later stands on disk. */
const MEMORY_BYTES = 64 * 1024 * 1024;
/** Of all keys of a check: one of 100 million records. Their tables take 13 bytes each, and the worker has 2 GiB. */
const MAX_KEYS = 100 * 1024 * 1024;

export interface ArenaLimits {
  readonly memoryBytes?: number;
  readonly keys?: number;
}

/**
 * The bytes of all keys of a check, one after another: the first in memory, the others in a scratch file, which is read
 * for the rare comparison alone. Each stands behind its length, so that none is the beginning of another.
 */
export class KeyArena {
  private readonly memoryPages: number;
  private readonly maxKeys: number;
  private keys = 0;
  private readonly pages: Uint8Array[] = [];
  /** The page that is being filled; it is one of `pages`, or waits to be written to the scratch file. */
  private page = new Uint8Array(0);
  private pageNumber = -1;
  private used = PAGE_BYTES;
  private scratch: ScratchFile | undefined;
  private readonly length = new Uint8Array(5);
  private readBack = Buffer.alloc(256);

  constructor({ memoryBytes = MEMORY_BYTES, keys = MAX_KEYS }: ArenaLimits = {}) {
    this.memoryPages = Math.floor(memoryBytes / PAGE_BYTES);
    this.maxKeys = keys;
  }

  /** Answers the place. @throws as the disk does, and `RefusedFile` if there are more keys than can be compared. */
  append(bytes: Uint8Array, start: number, end: number): number {
    this.keys += 1;
    if (this.keys > this.maxKeys) throw tooMany(this.maxKeys);
    if (this.used === PAGE_BYTES) this.turn();
    const place = this.pageNumber * (PAGE_BYTES >> UNIT_BITS) + (this.used >> UNIT_BITS);
    if (place > MAX_PLACE) throw tooMany(this.keys);
    const size = end - start;
    if (size <= SHORT && this.used + size < PAGE_BYTES) {
      // Nearly all keys: one byte of length, and no end of a page.
      const { page } = this;
      let to = this.used;
      page[to] = size;
      to += 1;
      for (let i = start; i < end; i += 1, to += 1) page[to] = bytes[i] ?? 0;
      this.used = to;
    } else {
      this.write(this.length, 0, this.encodeLength(size));
      this.write(bytes, start, end);
    }
    // PAGE_BYTES is a multiple of the unit: rounding up never leaves the page.
    this.used = (this.used + 3) & ~3;
    return place;
  }

  /** Whether the key at a place consists of just these bytes. */
  equals(place: number, bytes: Uint8Array, start: number, end: number): boolean {
    const position = place * (1 << UNIT_BITS);
    const size = this.encodeLength(end - start);
    return this.matches(position, this.length, 0, size) && this.matches(position + size, bytes, start, end);
  }

  /** Gives the disk back. */
  close(): void {
    this.scratch?.close();
  }

  /** LEB128: one byte for nearly every key. */
  private encodeLength(length: number): number {
    let size = 0;
    let rest = length;
    for (; rest > 0x7f; rest >>>= 7) {
      this.length[size] = (rest & 0x7f) | 0x80;
      size += 1;
    }
    this.length[size] = rest;
    return size + 1;
  }

  private write(bytes: Uint8Array, start: number, end: number): void {
    for (let from = start; from < end;) {
      if (this.used === PAGE_BYTES) this.turn();
      const size = Math.min(end - from, PAGE_BYTES - this.used);
      this.page.set(bytes.subarray(from, from + size), this.used);
      this.used += size;
      from += size;
    }
  }

  /** The next page: one more of memory, or the same again once its bytes are on disk. */
  private turn(): void {
    if (this.pageNumber >= this.memoryPages) {
      this.scratch ??= new ScratchFile();
      this.scratch.append(this.page);
    } else {
      this.page = new Uint8Array(PAGE_BYTES);
      if (this.pageNumber + 1 < this.memoryPages) this.pages.push(this.page);
    }
    this.pageNumber += 1;
    this.used = 0;
  }

  private matches(position: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = position;
    for (let from = start; from < end;) {
      const number = Math.floor(at / PAGE_BYTES);
      const offset = at % PAGE_BYTES;
      const size = Math.min(end - from, PAGE_BYTES - offset);
      const page = number === this.pageNumber ? this.page : this.pages[number];
      if (!(page ? same(page, offset, bytes, from, size) : this.sameOnDisk(number, offset, bytes, from, size)))
        return false;
      at += size;
      from += size;
    }
    return true;
  }

  private sameOnDisk(number: number, offset: number, bytes: Uint8Array, from: number, size: number): boolean {
    if (this.readBack.length < size) this.readBack = Buffer.alloc(size);
    const position = (number - this.memoryPages) * PAGE_BYTES + offset;
    const read = this.scratch?.read(position, this.readBack.subarray(0, size));
    if (read !== size) throw new Error('the scratch file of a check has lost keys');
    return same(this.readBack, 0, bytes, from, size);
  }
}

const tooMany = (keys: number): RefusedFile =>
  new RefusedFile(
    'too-large',
    `the file has more than ${keys} values of unique fields and keys, which is more than one check compares; send fewer records`,
  );

/** Below it a loop is faster than a copy by the system. */
const SHORT = 32;

function same(left: Uint8Array, at: number, right: Uint8Array, from: number, size: number): boolean {
  for (let i = 0; i < size; i += 1) if (left[at + i] !== right[from + i]) return false;
  return true;
}
