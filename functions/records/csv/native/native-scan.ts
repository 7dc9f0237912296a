import { type ByteTable, without } from '../../types/byte-table.ts';
import { type CellRule, OTHER } from '../cell-rule.ts';
import { Cells } from '../cells.ts';
import type { Memory } from '../memory.ts';
import { ENDS } from '../scanner.ts';
import { programOf } from './program.ts';
import { readRecord, RULE } from './read-record.ts';
import { Room } from './room.ts';

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

/** Undefined where the processor or the memory does not allow it. */
export function nativeScan(rules: readonly CellRule[], memory: Memory, capacity: number): NativeScan | undefined {
  const room = Room.in(memory);
  if (!room) return undefined;
  const read = programOf(readRecord, room);
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

/** What it cannot judge by such a rule is asked for. */
const isKnown = ({ code, weighted, markers, least, most }: CellRule): boolean =>
  (code === undefined || weighted !== undefined) &&
  markers.every(({ length }) => length < 32) &&
  !Number.isNaN(least) &&
  !Number.isNaN(most);

function placed(rules: readonly CellRule[], room: Room, capacity: number) {
  const at = {
    rules: room.take(rules.length * RULE.size),
    outcomes: room.take(rules.length),
    asks: room.take((rules.length + 1) * 4),
    flags: room.take(rules.length * capacity),
    chosen: room.take(capacity * 4),
    offsets: room.take(rules.length * capacity * 8),
  };
  for (const [i, rule] of rules.entries()) writeRule(rule, at.rules + i * RULE.size, room);
  return at;
}

function writeRule(rule: CellRule, at: number, room: Room): void {
  const integer = (part: number, value: number) => room.integer(at + part, value);
  const double = (part: number, value: number) => room.double(at + part, value);
  integer(RULE.kind, isKnown(rule) ? rule.kind : OTHER);
  integer(RULE.good, rule.good);
  integer(RULE.empty, rule.empty);
  integer(
    RULE.markers,
    rule.markers.reduce((bits, { length }) => bits | (1 << length), 0),
  );
  integer(
    RULE.markerStarts,
    room.put(Uint8Array.from({ length: 256 }, (_, byte) => Number(rule.markers.some((marker) => marker[0] === byte)))),
  );
  double(RULE.least, rule.least);
  double(RULE.most, rule.most);
  double(RULE.above, rule.above);
  double(RULE.below, rule.below);
  integer(RULE.leastInt, Math.max(rule.least, 0));
  integer(RULE.mostInt, Math.min(rule.most, MOST));
  if (rule.table) writeTable(rule.table, integer, room);
  if (!rule.weighted) return;
  const { values, checks, modulus, length, hyphen } = rule.weighted;
  integer(RULE.values, room.put(new Uint8Array(values.buffer)));
  integer(RULE.checks, room.put(Buffer.from(checks)));
  integer(RULE.places, values.length >> 8);
  integer(RULE.modulus, modulus);
  integer(RULE.length, length);
  integer(RULE.hyphen, Number(hyphen));
}

const MOST = 0x7fffffff;

function writeTable(table: ByteTable, integer: (part: number, value: number) => void, room: Room): void {
  const { next, accepts } = without(ENDS, table);
  integer(RULE.next, room.put(next));
  integer(RULE.accepts, room.put(accepts));
}
