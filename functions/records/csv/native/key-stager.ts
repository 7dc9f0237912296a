import type { Clocked } from '../../types/temporal.ts';
import type { Cells } from '../cells.ts';
import { planOf } from './key-plan.ts';
import { MOMENT, PARTS_BYTES } from './moment-code.ts';
import { type Program, programOf } from './program.ts';
import type { Room } from './room.ts';
import { stageKeys } from './stage-code.ts';

/** Where a scan has its cells, and what it says of each. */
interface Scanned {
  readonly room: Room;
  readonly cells: Cells;
  readonly offsets: number;
  readonly outcomes: number;
}

/** The own part of a moment's rule, and what it is of. */
interface MomentRule {
  readonly own: number;
  readonly kind: Clocked;
}

/** Makes the keys of records that were read ahead, by `stageKeys`. */
export class KeyStager {
  private readonly scanned: Scanned;
  /** Where the rule of a moment has the address of its parts, in words, and what that is for the first record. */
  private readonly moments: readonly { readonly at: number; readonly parts: number }[];
  private readonly words: Int32Array;
  private readonly stage: Program;
  private readonly plan: { readonly begin: number; readonly end: number };

  private constructor(scanned: Scanned, moments: KeyStager['moments'], plan: KeyStager['plan'], stage: Program) {
    this.scanned = scanned;
    this.moments = moments;
    this.words = new Int32Array(scanned.room.memory.buffer);
    this.plan = plan;
    this.stage = stage;
  }

  /** @param columns of each key. @returns undefined where there is no room for what it has to know */
  static of(
    scanned: Scanned,
    columns: readonly (readonly number[])[],
    keys: WebAssembly.Memory,
    momentOf: (column: number) => MomentRule | undefined,
  ): KeyStager | undefined {
    const { room, cells } = scanned;
    const stage = programOf(stageKeys, { memory: room.memory, keys });
    const placed = room.try(() => {
      const moments = new Map(
        [...new Set(columns.flat())].flatMap((column) => {
          const rule = momentOf(column);
          return rule ? [[column, { ...rule, parts: room.take(PARTS_BYTES * cells.capacity + 16) }]] : [];
        }),
      );
      const plan = planOf(columns, (column) => moments.get(column));
      const begin = room.put(new Uint8Array(plan.buffer));
      return { moments, plan: { begin, end: begin + plan.byteLength } };
    });
    if (!stage || !placed) return undefined;
    const moments = [...placed.moments.values()].map(({ own, parts }) => ({ at: (own + MOMENT.parts) >> 2, parts }));
    return new KeyStager(scanned, moments, placed.plan, stage);
  }

  /** The record that is read next is number `record` of those ahead: its moments have a place of their own. */
  reads(record: number): void {
    const { moments, words } = this;
    for (const { at, parts } of moments) words[at] = parts + record * PARTS_BYTES;
  }

  /**
   * Puts the keys of records ahead, from `record` up to `records`, the first of them at the address `key`. Answers the first of
   * which it cannot tell them, or `records`.
   */
  put(record: number, records: number, key: number): number {
    const { offsets, outcomes, cells } = this.scanned;
    const n = cells.first + record * cells.width;
    const { begin, end } = this.plan;
    return this.stage(record, records, offsets + n * 8, outcomes + n, cells.width, key, begin, end);
  }
}
