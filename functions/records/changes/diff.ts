import type { KeyReader } from '../check/key-reader.ts';
import type { DatasetReader } from '../csv/dataset-reader.ts';
import { passEqualRecords } from './equal-records.ts';
import { Pending } from './pending.ts';
import { KeptRow, kept, type Row } from './row.ts';
import { SortedRuns } from './sorted-runs.ts';

/** One version under way. */
export interface Side {
  readonly reader: DatasetReader;
  readonly key: KeyReader;
  readonly width: number;
}

/** Two rows of one key that are not the same bytes, or a row without a counterpart. */
export type Edit = (older: Row | undefined, newer: Row | undefined) => void;

/** Needs input for one of the versions; both are read. */
export type Pause = 'input' | 'end' | 'flush';

/**
 * Finds the rows that differ, with both versions read in step. Rows that stand at the same place pass at the speed of a
 * comparison of bytes. Where they are not the same, each waits for its counterpart; once one is found, its version alone
 * goes on, so that a row inserted or deleted shifts nothing for long.
 */
export class Diff {
  private readonly older: Side;
  private readonly newer: Side;
  /** Both have the same columns in the same order. */
  private readonly alike: boolean;
  private readonly runs: SortedRuns;
  private readonly pending: Pending;
  private readonly keptOlder: KeptRow;
  private readonly keptNewer: KeptRow;
  private readonly edit: Edit;

  constructor(older: Side, newer: Side, alike: boolean, budget: number, edit: Edit) {
    this.older = older;
    this.newer = newer;
    this.alike = alike;
    this.edit = edit;
    this.runs = new SortedRuns(budget);
    this.pending = new Pending(budget, this.runs);
    this.keptOlder = new KeptRow(older.width);
    this.keptNewer = new KeptRow(newer.width);
  }

  /** Reads on until some input is needed, or there is none, or `full` says that what came of it is to be written out. */
  run(full: () => boolean): Pause {
    const older = this.older.reader;
    const newer = this.newer.reader;
    while (!full()) {
      if (this.alike) passEqualRecords(older.window, newer.window);
      const hasOlder = older.next();
      const hasNewer = newer.next();
      if (older.starved || newer.starved) {
        if (hasOlder) unread(older);
        if (hasNewer) unread(newer);
        return 'input';
      }
      if (hasOlder && hasNewer) this.both();
      else if (hasOlder) this.olderAlone();
      else if (hasNewer) this.newerAlone();
      else return 'end';
    }
    return 'flush';
  }

  /** What is left when both versions are read: row by row, to be gone through to its end. */
  *rest(): Generator<void> {
    if (this.runs.empty) {
      for (const row of this.pending.newer.rows.values()) yield this.edit(undefined, this.keptNewer.load(row));
      for (const row of this.pending.older.rows.values()) yield this.edit(this.keptOlder.load(row), undefined);
      return;
    }
    this.pending.spill();
    for (const { older, newer } of this.runs.merged()) {
      if (this.alike && older === newer) continue;
      const was = older === undefined ? undefined : this.keptOlder.load(older);
      const is = newer === undefined ? undefined : this.keptNewer.load(newer);
      yield this.edit(was, is);
    }
  }

  close(): void {
    this.runs.close();
  }

  private both(): void {
    const olderKey = keyOf(this.older);
    const newerKey = keyOf(this.newer);
    const older = rowOf(this.older);
    const newer = rowOf(this.newer);
    if (olderKey === newerKey) {
      this.edit(older, newer);
      return;
    }
    const ahead = this.pending.takeNewer(olderKey);
    if (ahead !== undefined) {
      this.withNewer(older, ahead);
      unread(this.newer.reader);
      return;
    }
    const behind = this.pending.takeOlder(newerKey);
    if (behind !== undefined) {
      this.withOlder(behind, newer);
      unread(this.older.reader);
      return;
    }
    this.pending.addOlder(olderKey, kept(older));
    this.pending.addNewer(newerKey, kept(newer));
  }

  private olderAlone(): void {
    const key = keyOf(this.older);
    const row = rowOf(this.older);
    const counterpart = this.pending.takeNewer(key);
    if (counterpart === undefined) {
      // Nothing more comes, and nothing is on disk: there is no counterpart.
      if (this.runs.empty) this.edit(row, undefined);
      else this.pending.addOlder(key, kept(row));
    } else this.withNewer(row, counterpart);
  }

  private newerAlone(): void {
    const key = keyOf(this.newer);
    const row = rowOf(this.newer);
    const counterpart = this.pending.takeOlder(key);
    if (counterpart === undefined) {
      if (this.runs.empty) this.edit(undefined, row);
      else this.pending.addNewer(key, kept(row));
    } else this.withOlder(counterpart, row);
  }

  private withNewer(older: Row, newer: string): void {
    if (!this.alike || kept(older) !== newer) this.edit(older, this.keptNewer.load(newer));
  }

  private withOlder(older: string, newer: Row): void {
    if (!this.alike || older !== kept(newer)) this.edit(this.keptOlder.load(older), newer);
  }
}

/** The record that was just read is the next again. */
function unread(reader: DatasetReader): void {
  reader.window.start = reader.recordStart;
}

const rowOf = ({ reader }: Side): Row => ({
  memory: reader.window.memory,
  cells: reader.cells,
  start: reader.recordStart,
  end: reader.recordEnd,
});

/** @throws where a part of the key is missing. */
function keyOf({ reader, key }: Side): string {
  if (!key.read(reader.window.bytes, reader.cells)) throw new Error('the dataset has a record without a key');
  return key.value.bytes.toString('latin1', 0, key.value.length);
}
