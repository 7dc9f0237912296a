import type { EvidenceId } from '../../../schemas/contracts/ids.ts';
import type { StoredAsked, StoredUse } from '../../../schemas/stored/reports.ts';
import { joinedAsked } from './asked.ts';
import { sum, valueOf, type Counter } from './counter.ts';
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
  readonly asked: StoredAsked | undefined;
}

/** Several together, each counter, each delivery and each month of an agreement once: what one transaction writes, and the marks that it takes away. */
export interface Batch {
  readonly evidence: readonly EvidenceId[];
  readonly counters: ReadonlyMap<string, Counter>;
  readonly uses: ReadonlyMap<string, StoredUse>;
  readonly asked: ReadonlyMap<string, StoredAsked>;
}

const nothing: Batch = { evidence: [], counters: new Map(), uses: new Map(), asked: new Map() };

export const together = (items: readonly Counted[]): Batch => items.reduce(joined, nothing);

const joined = (batch: Batch, { evidenceId, counters, use, asked }: Counted): Batch => ({
  evidence: [...batch.evidence, evidenceId],
  counters: joinedBy(counterKey, joinedCounters, batch.counters, counters),
  uses: joinedBy(useKey, joinedUses, batch.uses, use ? [use] : []),
  asked: joinedBy(askedKey, joinedAsked, batch.asked, asked ? [asked] : []),
});

const counterKey = (counter: Counter) => `${counter.scope} ${counter.month} ${counter.by} ${valueOf(counter)}`;
const joinedCounters = (one: Counter, other: Counter) => ({ ...one, figures: sum(one.figures, other.figures) });
const useKey = (use: StoredUse) => `${use.agreementId} ${use.termsVersion} ${use.datasetVersion}`;
const askedKey = (asked: StoredAsked) => `${asked.agreementId} ${asked.month} ${asked.termsVersion}`;

/** Those that are there, and others, of each key one. */
function joinedBy<T>(
  keyOf: (item: T) => string,
  both: (one: T, other: T) => T,
  there: ReadonlyMap<string, T>,
  added: readonly T[],
): ReadonlyMap<string, T> {
  if (added.length === 0) return there;
  const joinedUp = new Map(there);
  for (const item of added) {
    const known = joinedUp.get(keyOf(item));
    joinedUp.set(keyOf(item), known ? both(known, item) : item);
  }
  return joinedUp;
}

const fits = ({ evidence, counters, uses, asked }: Batch): boolean =>
  evidence.length + counters.size + uses.size + asked.size <= ACTIONS;

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
