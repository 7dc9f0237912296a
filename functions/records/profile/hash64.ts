import { Memory } from '../csv/memory.ts';

const TEXT_BYTES = 4096;

/**
 * 64 bits of hash as two words: MurmurHash3 (A. Appleby, x86_32) with two pairs of constants side by side. Without a
 * secret: who writes values that fall together makes a wrong estimate of their own data.
 */
export class Hash64 {
  high = 0;
  low = 0;
  private scratch = new Memory(TEXT_BYTES);

  /** Of bytes that may be read in words of four beyond their end. */
  of({ view }: Memory, start: number, end: number): void {
    const whole = start + ((end - start) & ~3);
    let high = 0;
    let low = 0x3c6ef372;
    let at = start;
    for (; at < whole; at += 4) {
      const word = view.getInt32(at, true);
      high = Math.imul(rotated(high ^ Math.imul(rotated(Math.imul(word, C1), 15), C2), 13), 5) + 0xe6546b64;
      low = Math.imul(rotated(low ^ Math.imul(rotated(Math.imul(word, C3), 16), C4), 17), 5) + 0x561ccd1b;
    }
    const rest = end - whole;
    if (rest > 0) {
      const word = view.getInt32(at, true) & ((1 << (8 * rest)) - 1);
      high ^= Math.imul(rotated(Math.imul(word, C1), 15), C2);
      low ^= Math.imul(rotated(Math.imul(word, C3), 16), C4);
    }
    this.high = mixed(high ^ (end - start));
    this.low = mixed(low ^ (end - start));
  }

  ofNumber(value: number): void {
    // Zero has two signs and is one number.
    this.scratch.view.setFloat64(0, value + 0, true);
    this.of(this.scratch, 0, 8);
  }

  ofText(text: string): void {
    if (text.length * 3 > this.scratch.size) this.scratch = new Memory(text.length * 3);
    this.of(this.scratch, 0, this.scratch.bytes.write(text, 0, 'utf8'));
  }
}

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;
const C3 = 0x239b961b;
const C4 = 0xab0e9789;

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
