import { MOST_KEY_PAGES, type WasmFunction } from '../csv/native/assembler.ts';
import { HEAD, STAGED } from '../csv/native/key-code.ts';
import { type Program, programOf } from '../csv/native/program.ts';

/** Records whose keys are put before the first of them is taken: enough that what is known of them comes side by side. */
export const MOST_AHEAD = 64;

const PAGE = 64 * 1024;

/** Address of what is known of the key that was put as number `n`. */
export const addressOf = (n: number): number => HEAD.bytes + n * STAGED.bytes;

/** The memory of all keys of a check: a head, what is known of keys that were put and not taken, the keys, their table. */
export class KeyMemory {
  readonly memory: WebAssembly.Memory;
  readonly bytes: Buffer;
  /** Address of the keys. */
  readonly arena: number;
  private readonly staging: Int32Array;
  private readonly words: Int32Array;

  /** @param room in bytes, of all keys: behind it is their table */
  constructor(sets: number, room: number) {
    this.arena = Math.ceil(addressOf(sets * MOST_AHEAD) / PAGE) * PAGE;
    this.memory = new WebAssembly.Memory({
      initial: Math.ceil((this.arena + room) / PAGE),
      maximum: MOST_KEY_PAGES,
      shared: true,
    });
    this.bytes = Buffer.from(this.memory.buffer, 0, this.arena + room);
    this.words = new Int32Array(this.memory.buffer, 0, this.arena / 4);
    this.staging = this.words.subarray(addressOf(0) / 4, addressOf(sets * MOST_AHEAD) / 4);
  }

  /** Does something for which other keys are put in between. */
  aside(act: () => void): void {
    const before = this.staging.slice();
    act();
    this.staging.set(before);
  }

  /** Makes room up to an address. */
  reach(address: number): void {
    const more = Math.ceil((address - this.memory.buffer.byteLength) / PAGE);
    if (more > 0) this.memory.grow(more);
  }

  program(func: WasmFunction): Program {
    const program = programOf(func, { keys: this.memory });
    if (!program) throw new Error('no WebAssembly for keys on this machine');
    return program;
  }

  /** Of the head, all of whose fields are unsigned. */
  head(field: number): number {
    return (this.words[field >> 2] ?? 0) >>> 0;
  }

  set(field: number, value: number): void {
    this.words[field >> 2] = value;
  }

  staged(n: number, field: number): number {
    return this.words[(addressOf(n) + field) >> 2] ?? 0;
  }

  note(n: number, field: number, value: number): void {
    this.words[(addressOf(n) + field) >> 2] = value;
  }
}
