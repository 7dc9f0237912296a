import { HyperLogLog } from './hyper-log-log.ts';

/** As many are counted exactly, by hashes of 64 bits; what has more values is a measure, and an estimate will do. */
const EXACT = 4096;
const FIRST_CAPACITY = 32;

/** How many different hashes there are. */
export class Distinct {
  /** Pairs of words in open addressing; two zeros where there is none. */
  private slots = new Uint32Array(FIRST_CAPACITY * 2);
  private size = 0;
  private hasZero = false;
  private beyond: HyperLogLog | undefined;

  add(high: number, low: number): void {
    if (this.beyond) this.beyond.add(high, low);
    else if (high === 0 && low === 0) this.hasZero = true;
    else if (put(this.slots, high, low)) this.grown();
  }

  get count(): number {
    return this.beyond ? this.beyond.estimate : this.size + Number(this.hasZero);
  }

  private grown(): void {
    this.size += 1;
    if (this.size > EXACT) this.estimateFromNowOn();
    else if (this.size * 4 > this.slots.length) this.slots = rehashed(this.slots, this.slots.length * 2);
  }

  private estimateFromNowOn(): void {
    const estimated = new HyperLogLog();
    for (let at = 0; at < this.slots.length; at += 2) {
      const [high = 0, low = 0] = [this.slots[at], this.slots[at + 1]];
      if (high !== 0 || low !== 0) estimated.add(high, low);
    }
    if (this.hasZero) estimated.add(0, 0);
    this.beyond = estimated;
    this.slots = new Uint32Array(0);
  }
}

/** False if it is there already. */
function put(slots: Uint32Array, high: number, low: number): boolean {
  const mask = slots.length - 1;
  for (let at = (low * 2) & mask; ; at = (at + 2) & mask) {
    if (slots[at] === high && slots[at + 1] === low) return false;
    if (slots[at] === 0 && slots[at + 1] === 0) {
      slots[at] = high;
      slots[at + 1] = low;
      return true;
    }
  }
}

function rehashed(before: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const slots = new Uint32Array(length);
  for (let at = 0; at < before.length; at += 2) {
    const [high = 0, low = 0] = [before[at], before[at + 1]];
    if (high !== 0 || low !== 0) put(slots, high, low);
  }
  return slots;
}
