import type { SortedRuns } from './sorted-runs.ts';

/** What a row takes beside its bytes and those of its key: two strings and an entry of a map. */
const ROW_OVERHEAD = 128;

/** Rows of one version whose keys the other has not shown yet, in the order in which they came. */
class Side {
  readonly rows = new Map<string, string>();

  take(key: string): string | undefined {
    const row = this.rows.get(key);
    if (row !== undefined) this.rows.delete(key);
    return row;
  }
}

/**
 * Rows that wait for their counterparts in memory, as far as the budget allows; then all that wait goes to disk, to be
 * matched when both versions are read.
 */
export class Pending {
  readonly older = new Side();
  readonly newer = new Side();
  private bytes = 0;
  private readonly budget: number;
  private readonly runs: SortedRuns;

  /** @param budget bytes */
  constructor(budget: number, runs: SortedRuns) {
    this.budget = budget;
    this.runs = runs;
  }

  /** The row of the older version with this key, which then does not wait any more. */
  takeOlder(key: string): string | undefined {
    return this.taken(key, this.older.take(key));
  }

  takeNewer(key: string): string | undefined {
    return this.taken(key, this.newer.take(key));
  }

  addOlder(key: string, row: string): void {
    this.add(this.older, key, row);
  }

  addNewer(key: string, row: string): void {
    this.add(this.newer, key, row);
  }

  /** All that waits goes to disk. */
  spill(): void {
    this.runs.write('older', this.older.rows);
    this.runs.write('newer', this.newer.rows);
    this.older.rows.clear();
    this.newer.rows.clear();
    this.bytes = 0;
  }

  /** @throws if the version has the key twice. */
  private add(side: Side, key: string, row: string): void {
    if (side.rows.has(key)) throw new Error('the dataset has a key twice');
    side.rows.set(key, row);
    this.bytes += costOf(key, row);
    if (this.bytes > this.budget) this.spill();
  }

  private taken(key: string, row: string | undefined): string | undefined {
    if (row !== undefined) this.bytes -= costOf(key, row);
    return row;
  }
}

const costOf = (key: string, row: string): number => key.length + row.length + ROW_OVERHEAD;
