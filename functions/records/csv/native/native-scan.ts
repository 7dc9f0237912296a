import { type CellRule, LIST, MOMENT, UNSURE } from '../cell-rule.ts';
import { Cells } from '../cells.ts';
import type { Memory } from '../memory.ts';
import { CR } from '../scanner.ts';
import { KeyStager } from './key-stager.ts';
import { type Program, programOf } from './program.ts';
import { ASKS, readPlainRecord, readRecord } from './read-record.ts';
import { Room } from './room.ts';
import { RULE } from './rule.ts';
import { writeRule } from './write-rule.ts';

const BEYOND_PLAIN: ReadonlySet<number> = new Set([LIST, MOMENT]);

/**
 * The hot loop of checks and extracts: finds the cells of a record and judges them in one pass over its bytes. It only ever
 * says that a whole record is certainly good; of anything else it says nothing, and `Scanner` and the examiner begin again.
 * A cell of which the program is not sure is asked for at its rule (`otherwise`). Places go into one typed array for a block of records: no
 * allocation a record, and extracts copy from there later.
 */
export class NativeScan {
  /** Where the record ends without its line break, and where the next one starts. */
  end = 0;
  next = 0;
  /** Line breaks inside quotes. */
  innerLines = 0;
  /** Where the places of cells go. */
  readonly cells: Cells;
  /** Of each cell, by its number. */
  readonly outcomes: Uint8Array;
  private readonly rules: readonly CellRule[];
  private readonly room: Room;
  private readonly bytes: Buffer;
  private readonly program: Program;
  private readonly at: Places;
  /** As at `ASKS`, in words. */
  private readonly asks: Int32Array;

  private constructor(rules: readonly CellRule[], capacity: number, room: Room, program: Program, at: Places) {
    const { bytes, memory } = room;
    const { buffer } = memory;
    const cells = rules.length * capacity;
    this.rules = rules;
    this.room = room;
    this.bytes = bytes;
    this.program = program;
    this.at = at;
    this.cells = new Cells(
      rules.length,
      capacity,
      new Int32Array(buffer, at.offsets, cells * 2),
      new Uint8Array(buffer, at.flags, cells),
      new Int32Array(buffer, at.chosen, capacity),
    );
    this.outcomes = new Uint8Array(buffer, at.outcomes, cells);
    this.asks = new Int32Array(buffer, at.asks, ASKED + rules.length);
  }

  /**
   * @param capacity records of which the cells have room
   * @returns undefined where the processor or the memory does not allow it
   */
  static of(rules: readonly CellRule[], memory: Memory, capacity: number): NativeScan | undefined {
    const room = Room.in(memory);
    if (!room) return undefined;
    const program = programOf(rules.some(({ kind }) => BEYOND_PLAIN.has(kind)) ? readRecord : readPlainRecord, room);
    const at = program && room.try(() => placed(rules, room, capacity));
    return at && new NativeScan(rules, capacity, room, program, at);
  }

  /**
   * Reads the record at `start` if it is certainly good, and complete with its line break before `limit`. What stands in
   * `cells` and `outcomes` is worth nothing otherwise. The byte at `limit` must be LF.
   */
  read(start: number, limit: number): boolean {
    const asked = this.find(start, limit);
    if (asked < 0 || (asked > 0 && !this.judges(asked))) return false;
    this.end = this.bytes[this.next - 2] === CR ? this.next - 2 : this.next - 1;
    return true;
  }

  /** Without a look at the cells of which the program is not sure. @returns how many they are, or -1 for no record */
  find(start: number, limit: number): number {
    const { at, asks } = this;
    const { first } = this.cells;
    const next = this.program(
      start,
      limit,
      at.rules,
      at.rulesEnd,
      at.offsets + first * 8,
      at.flags + first,
      at.outcomes + first,
      at.asks,
    );
    if (next < 0) return -1;
    this.next = next;
    this.innerLines = asks[INNER_LINES] ?? 0;
    return (asks[ASKED_BYTES] ?? 0) >> 2;
  }

  /** The columns of so many cells that `find` was not sure of. */
  asked(count: number): number[] {
    return Array.from(
      this.asks.subarray(ASKED, ASKED + count),
      (address) => address - this.at.outcomes - this.cells.first,
    );
  }

  /** Makes keys of the records that were read, in a memory of their own; undefined where there is no room for it. @param columns of each key */
  stager(columns: readonly (readonly number[])[], keys: WebAssembly.Memory): KeyStager | undefined {
    const { at, cells, room, rules } = this;
    return KeyStager.of({ room, cells, offsets: at.offsets, outcomes: at.outcomes }, columns, keys, (column) => {
      const rule = at.rules + column * RULE.size;
      const { moment } = rules[column] ?? {};
      const isKnown = moment && room.view.getInt32(rule + RULE.kind, true) === MOMENT;
      return isKnown ? { own: room.view.getInt32(rule + RULE.own, true), kind: moment.kind } : undefined;
    });
  }

  private judges(count: number): boolean {
    const { asks, outcomes, rules, bytes } = this;
    const { offsets, flags, first } = this.cells;
    for (let k = ASKED; k < ASKED + count; k += 1) {
      const n = (asks[k] ?? 0) - this.at.outcomes;
      const outcome =
        rules[n - first]?.otherwise(bytes, offsets[n * 2] ?? 0, offsets[n * 2 + 1] ?? 0, flags[n] ?? 0) ?? UNSURE;
      if (outcome === UNSURE) return false;
      outcomes[n] = outcome;
    }
    return true;
  }
}

/** `ASKS` in words. */
const ASKED_BYTES = ASKS.bytes >> 2;
const INNER_LINES = ASKS.innerLines >> 2;
const ASKED = ASKS.first >> 2;

type Places = ReturnType<typeof placed>;

function placed(rules: readonly CellRule[], room: Room, capacity: number) {
  const first = room.put(new Uint8Array(rules.length * RULE.size));
  const at = {
    rules: first,
    rulesEnd: first + rules.length * RULE.size,
    outcomes: room.take(rules.length * capacity),
    asks: room.take(ASKS.first + rules.length * 4),
    flags: room.take(rules.length * capacity),
    chosen: room.take(capacity * 4),
    offsets: room.take(rules.length * capacity * 8),
  };
  for (const [i, rule] of rules.entries()) writeRule(rule, at.rules + i * RULE.size, room);
  return at;
}
