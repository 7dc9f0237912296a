import type { EvidenceId } from '../../../schemas/contracts/ids.ts';
import type { StoredUse } from '../../../schemas/stored/reports.ts';
import { sum, valueOf, type Counter } from './counters.ts';
import { joinedUses } from './uses.ts';

/** Of one transaction (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html). */
const ACTIONS = 100;

/** One evidence item and all that it adds to. */
export interface Counted {
  readonly evidenceId: EvidenceId;
  /** The same for acts that add to the same counters. */
  readonly kin: string;
  readonly counters: readonly Counter[];
  readonly use: StoredUse | undefined;
}

/** Several together, each counter and each delivery once: what one transaction writes, and the marks that it takes away. */
export interface Batch {
  readonly evidence: readonly EvidenceId[];
  readonly counters: ReadonlyMap<string, Counter>;
  readonly uses: ReadonlyMap<string, StoredUse>;
}

const nothing: Batch = { evidence: [], counters: new Map(), uses: new Map() };

export const together = (items: readonly Counted[]): Batch => items.reduce(joined, nothing);

function joined(batch: Batch, { evidenceId, counters: added, use }: Counted): Batch {
  const counters = new Map(batch.counters);
  for (const counter of added) {
    const key = `${counter.scope} ${counter.month} ${counter.by} ${valueOf(counter)}`;
    const known = counters.get(key);
    counters.set(key, known ? { ...known, figures: sum(known.figures, counter.figures) } : counter);
  }
  const uses = new Map(batch.uses);
  if (use) {
    const key = `${use.agreementId} ${use.termsVersion} ${use.datasetVersion}`;
    const known = uses.get(key);
    uses.set(key, known ? joinedUses(known, use) : use);
  }
  return { evidence: [...batch.evidence, evidenceId], counters, uses };
}

const fits = ({ evidence, counters, uses }: Batch): boolean => evidence.length + counters.size + uses.size <= ACTIONS;

/**
 * Cuts a stream into pieces that each fit into one transaction; a piece has at least one item. Acts between the same
 * parties are put together first, since they add to the same counters: of deliveries to 28 consumers in turn, 15 fit into a
 * transaction as they come, and some 40 together. Acts on one delivery stay in order.
 */
export async function* inBatches(items: AsyncIterable<Counted>): AsyncGenerator<readonly Counted[]> {
  for await (const some of inLots(items)) yield* cut(some.toSorted(byKin));
}

/** So many are looked at together. */
const LOT = 1000;

const byKin = (one: Counted, other: Counted): number => (one.kin < other.kin ? -1 : one.kin > other.kin ? 1 : 0);

async function* inLots(items: AsyncIterable<Counted>): AsyncGenerator<readonly Counted[]> {
  let lot: Counted[] = [];
  for await (const item of items) {
    lot.push(item);
    if (lot.length < LOT) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}

function* cut(items: readonly Counted[]): Generator<readonly Counted[]> {
  let piece: Counted[] = [];
  let batch = nothing;
  for (const item of items) {
    const next = joined(batch, item);
    if (piece.length > 0 && !fits(next)) {
      yield piece;
      piece = [item];
      batch = joined(nothing, item);
    } else {
      piece.push(item);
      batch = next;
    }
  }
  if (piece.length > 0) yield piece;
}
