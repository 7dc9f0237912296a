import { ByteStore, NUMBER_BYTES, StoreReader } from './byte-store.ts';

export type Version = 'older' | 'newer';

/** Rows of one key, of one version or both. */
export interface Matched {
  readonly key: string;
  readonly older: string | undefined;
  readonly newer: string | undefined;
}

const HEAD_BYTES = 2 * NUMBER_BYTES;
const LARGEST_BLOCK = 256 * 1024;

/**
 * Rows on disk, in runs that are sorted by key (byte by byte), which are merged in the end. Sorting needs no luck: hashing
 * into partitions would, with keys that are chosen to fall together.
 */
export class SortedRuns {
  private readonly budget: number;
  private store: ByteStore | undefined;
  private readonly runs: { readonly version: Version; readonly from: number; readonly to: number }[] = [];

  /** @param budget bytes of memory for the merge */
  constructor(budget: number) {
    this.budget = budget;
  }

  get empty(): boolean {
    return this.runs.length === 0;
  }

  /** One more run. */
  write(version: Version, rows: ReadonlyMap<string, string>): void {
    if (rows.size === 0) return;
    const store = (this.store ??= new ByteStore());
    const from = store.size;
    // Latin-1 strings: the order of their code units is that of the bytes.
    for (const key of [...rows.keys()].toSorted(byteOrder)) {
      const row = rows.get(key) ?? '';
      store.number(key.length);
      store.number(row.length);
      store.latin1(key);
      store.latin1(row);
    }
    this.runs.push({ version, from, to: store.size });
  }

  /** Every key once, in order. @throws if a version has a key twice. */
  *merged(): Generator<Matched> {
    const { store } = this;
    if (!store) return;
    const block = Math.min(LARGEST_BLOCK, Math.floor(this.budget / this.runs.length));
    const heap = new Heap(this.runs.map(({ version, from, to }) => new Run(store, version, from, to, block)));
    for (let first = heap.next(); first; first = heap.next()) {
      const { key } = first;
      const second = heap.key === key ? heap.next() : undefined;
      if (second?.version === first.version || heap.key === key) throw new Error('the dataset has a key twice');
      const of = (version: Version) => [first, second].find((row) => row?.version === version)?.row;
      yield { key, older: of('older'), newer: of('newer') };
    }
  }

  close(): void {
    this.store?.close();
  }
}

function byteOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Where in a run the merge is. */
class Run {
  readonly version: Version;
  key = '';
  row = '';
  private readonly reader: StoreReader;
  private position: number;
  private readonly end: number;

  constructor(store: ByteStore, version: Version, from: number, to: number, block: number) {
    this.version = version;
    this.reader = new StoreReader(store, block);
    this.position = from;
    this.end = to;
  }

  /** False at the end. */
  advance(): boolean {
    if (this.position >= this.end) return false;
    const head = this.reader.at(this.position, HEAD_BYTES);
    const keyLength = head.readDoubleLE(0);
    const rowLength = head.readDoubleLE(NUMBER_BYTES);
    const bytes = this.reader.at(this.position + HEAD_BYTES, keyLength + rowLength);
    this.key = bytes.toString('latin1', 0, keyLength);
    this.row = bytes.toString('latin1', keyLength);
    this.position += HEAD_BYTES + keyLength + rowLength;
    return true;
  }
}

/** The runs by their next keys: a binary heap. */
class Heap {
  private readonly runs: Run[] = [];

  constructor(runs: readonly Run[]) {
    for (const run of runs) {
      if (!run.advance()) continue;
      this.runs.push(run);
      this.rise(this.runs.length - 1);
    }
  }

  /** The key that comes next. */
  get key(): string | undefined {
    return this.runs[0]?.key;
  }

  next(): { readonly version: Version; readonly key: string; readonly row: string } | undefined {
    const [run] = this.runs;
    if (!run) return undefined;
    const { version, key, row } = run;
    if (!run.advance()) {
      const last = this.runs.pop();
      if (last && last !== run) this.runs[0] = last;
    }
    this.sink();
    return { version, key, row };
  }

  private rise(from: number): void {
    for (let i = from; i > 0;) {
      const above = (i - 1) >> 1;
      if (!this.isBefore(i, above)) return;
      this.swap(i, above);
      i = above;
    }
  }

  private sink(): void {
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      const least = this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.isBefore(least, i)) return;
      this.swap(i, least);
      i = least;
    }
  }

  private isBefore(one: number, other: number): boolean {
    const a = this.runs[one];
    const b = this.runs[other];
    return a !== undefined && b !== undefined && a.key < b.key;
  }

  private swap(one: number, other: number): void {
    const a = this.runs[one];
    const b = this.runs[other];
    if (!a || !b) return;
    this.runs[one] = b;
    this.runs[other] = a;
  }
}
