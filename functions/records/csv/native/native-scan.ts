import { type CellRule, LIST, MOMENT } from '../cell-rule.ts';
import { Cells } from '../cells.ts';
import type { Memory } from '../memory.ts';
import { programOf } from './program.ts';
import { readPlainRecord, readRecord } from './read-record.ts';
import { Room } from './room.ts';
import { RULE } from './rule.ts';
import { writeRule } from './write-rule.ts';

/**
 * A program that reads a record as `FastScan` does: same answers, none, or a question: it finds the cells of all kinds, and
 * leaves those that it is not sure of to `FastScan`.
 */
export interface NativeScan {
  /** Where it leaves the places of cells. */
  readonly cells: Cells;
  readonly outcomes: Uint8Array;
  /** Of the record that was read: how many bytes of questions follow, and the address of the outcome that each asks for. */
  readonly asked: Int32Array;
  /** Where the record after the one at `start` begins, or -1. @param first number of the record's first cell */
  readonly read: (start: number, limit: number, first: number) => number;
}

const BEYOND_PLAIN: ReadonlySet<number> = new Set([LIST, MOMENT]);

/** Undefined where the processor or the memory does not allow it. */
export function nativeScan(rules: readonly CellRule[], memory: Memory, capacity: number): NativeScan | undefined {
  const room = Room.in(memory);
  if (!room) return undefined;
  const read = programOf(rules.some(({ kind }) => BEYOND_PLAIN.has(kind)) ? readRecord : readPlainRecord, room);
  const at = read && room.try(() => placed(rules, room, capacity));
  if (!at) return undefined;
  const { buffer } = room.memory;
  const cells = rules.length * capacity;
  const rulesEnd = at.rules + rules.length * RULE.size;
  return {
    cells: new Cells(
      rules.length,
      capacity,
      new Int32Array(buffer, at.offsets, cells * 2),
      new Uint8Array(buffer, at.flags, cells),
      new Int32Array(buffer, at.chosen, capacity),
    ),
    outcomes: new Uint8Array(buffer, at.outcomes, rules.length),
    asked: new Int32Array(buffer, at.asks, rules.length + 1),
    read: (start, limit, first) =>
      read(start, limit, at.rules, rulesEnd, at.offsets + first * 8, at.flags + first, at.outcomes, at.asks),
  };
}

function placed(rules: readonly CellRule[], room: Room, capacity: number) {
  const at = {
    rules: room.put(new Uint8Array(rules.length * RULE.size)),
    outcomes: room.take(rules.length),
    asks: room.take((rules.length + 1) * 4),
    flags: room.take(rules.length * capacity),
    chosen: room.take(capacity * 4),
    offsets: room.take(rules.length * capacity * 8),
  };
  for (const [i, rule] of rules.entries()) writeRule(rule, at.rules + i * RULE.size, room);
  return at;
}
