export interface Group {
  readonly group: string | null;
  readonly inFlight: number;
  readonly visible: number;
  /** The sequence number of its oldest visible message. */
  readonly oldest: number;
}

/**
 * Which messages to hand out next: those of the groups with the fewest in flight, so that one tenant's backlog does
 * not delay the others'. Source: SQS Developer Guide, "Amazon SQS fair queues".
 */
export function fairOrder(
  groups: readonly Group[],
  limit: number,
  oldest: (group: string | null, count: number) => number[],
): number[] {
  const shares = groups
    .filter(({ visible }) => visible > 0)
    .map(({ group, inFlight, visible, oldest: first }) => ({ group, busy: inFlight, left: visible, first, taken: 0 }));
  for (let count = 0; count < limit; count += 1) {
    const quietest = shares
      .filter(({ left }) => left > 0)
      .reduce<(typeof shares)[number] | undefined>(
        (best, each) => (best && !quieter(each, best) ? best : each),
        undefined,
      );
    if (!quietest) break;
    quietest.busy += 1;
    quietest.left -= 1;
    quietest.taken += 1;
  }
  return shares.flatMap(({ group, taken }) => (taken > 0 ? oldest(group, taken) : [])).toSorted((a, b) => a - b);
}

type Share = { readonly busy: number; readonly first: number };
const quieter = (a: Share, b: Share): boolean => a.busy < b.busy || (a.busy === b.busy && a.first < b.first);
