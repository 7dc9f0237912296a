/** Values that are counted one by one, of one column and of all together, and how long they may be. */
const MAX_VALUES = 1000;
const MAX_VALUES_IN_ALL = 100_000;
const MAX_LENGTH = 200;
/** 4096 registers: a standard error of 1.6 % (Flajolet and others, HyperLogLog, 2007). */
const INDEX_BITS = 12;
const REGISTERS = 1 << INDEX_BITS;

/** How many different values a column has: exact while they are few, an estimate beyond; in bounded memory. */
export class Distinct {
  /** Occurrences of each value; undefined once there are too many. */
  values: Map<string, number> | undefined = new Map();
  /** Of too many: those that came last, as the same ones tend to come again. */
  private readonly recent = new Set<string>();
  private readonly registers = new Uint8Array(REGISTERS);
  private readonly room: number;

  /** @param width columns of the file, among which memory is shared out */
  constructor(width: number) {
    this.room = Math.min(MAX_VALUES, Math.floor(MAX_VALUES_IN_ALL / width));
  }

  /** @returns whether the value had been seen before, as far as that is known */
  add(text: string): boolean {
    const before = this.values?.get(text);
    if (this.values && before !== undefined) {
      this.values.set(text, before + 1);
      return true;
    }
    if (this.recent.has(text)) return true;
    this.register(text);
    if (this.values && (this.values.size >= this.room || text.length > MAX_LENGTH)) this.values = undefined;
    if (this.values) this.values.set(text, 1);
    else if (text.length <= MAX_LENGTH) this.remember(text);
    return false;
  }

  private remember(text: string): void {
    if (this.recent.size >= this.room) this.recent.clear();
    this.recent.add(text);
  }

  get exact(): boolean {
    return this.values !== undefined;
  }

  get count(): number {
    return this.values ? this.values.size : estimate(this.registers);
  }

  private register(text: string): void {
    const hash = hashOf(text);
    const index = hash >>> (32 - INDEX_BITS);
    const rank = Math.min(Math.clz32(hash << INDEX_BITS), 32 - INDEX_BITS) + 1;
    if (rank > (this.registers[index] ?? 0)) this.registers[index] = rank;
  }
}

/** The bytes of MurmurHash3's finalizer over a running product: even enough to count with, nothing more. */
function hashOf(text: string): number {
  let hash = 0x9747b28c;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function estimate(registers: Uint8Array): number {
  let sum = 0;
  let empty = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) empty += 1;
  }
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
  if (raw <= 2.5 * REGISTERS && empty > 0) return Math.round(REGISTERS * Math.log(REGISTERS / empty));
  const HASHES = 2 ** 32;
  // Near the number of hashes, two values more often share one.
  return Math.round(raw <= HASHES / 30 ? raw : -HASHES * Math.log(1 - Math.min(raw, HASHES * 0.999) / HASHES));
}
