import { type Kind, KINDS } from './codes.ts';

const MAX_KINDS = 5;

/** Day or month first: values that may be either are of the kind that the others show. */
const EITHER: readonly (readonly [either: Kind, Kind, Kind])[] = [
  ['DD/MM/YYYY or MM/DD/YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'],
  ['DD-MM-YYYY or MM-DD-YYYY', 'DD-MM-YYYY', 'MM-DD-YYYY'],
];

/** How many violations are of which kind; as many counters as there are kinds, whatever the file. */
export class Tally {
  private readonly counts = new Map<Kind, number>();

  add(kind: Kind | undefined, times = 1): void {
    if (kind !== undefined) this.counts.set(kind, (this.counts.get(kind) ?? 0) + times);
  }

  /** All of them, as they were added. */
  all(): (readonly [Kind, number])[] {
    return [...this.counts];
  }

  /** The most frequent kinds, most frequent first. */
  top(): { kind: Kind; count: number }[] {
    const counts = new Map(this.counts);
    for (const [either, one, other] of EITHER) settle(counts, either, one, other);
    return [...counts]
      .map(([kind, count]) => ({ kind, count }))
      .toSorted((a, b) => b.count - a.count || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
      .slice(0, MAX_KINDS);
  }
}

function settle(counts: Map<Kind, number>, either: Kind, one: Kind, other: Kind): void {
  const unsettled = counts.get(either);
  const shown = [one, other].filter((kind) => counts.has(kind));
  const [only] = shown;
  if (unsettled === undefined || only === undefined || shown.length > 1) return;
  counts.delete(either);
  counts.set(only, (counts.get(only) ?? 0) + unsettled);
}
