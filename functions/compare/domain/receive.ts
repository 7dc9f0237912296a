import type { ComparisonIn, StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { lookAfter, patienceEnds } from './look-again.ts';
import { isEnded } from './transitions.ts';

interface ObjectVersion {
  readonly versionId: string;
  readonly bytes: number;
}

export type Arrived = ComparisonIn<'awaiting-approval' | 'received'>;

export type Reception =
  /** Its list has come: write `comparison`, then have it run if it may. */
  | { readonly kind: 'mark'; readonly comparison: Arrived }
  /** Known already, but the word to run it may have been lost. */
  | { readonly kind: 'remind' }
  /** It came too late, or again: nobody reads it. */
  | { readonly kind: 'discard' }
  | { readonly kind: 'ignore' };

/** The first version to arrive is the list; a presigned URL used again only puts a copy on top, which nobody reads. */
export function receive(comparison: StoredComparison, object: ObjectVersion, at: string): Reception {
  if (comparison.state === 'awaiting') return { kind: 'mark', comparison: arrived(comparison, object, at) };
  if (isEnded(comparison)) return { kind: 'discard' };
  return comparison.state === 'received' && comparison.object.versionId === object.versionId
    ? { kind: 'remind' }
    : { kind: 'ignore' };
}

function arrived(
  { expiresAt: _sent, ...comparison }: ComparisonIn<'awaiting'>,
  object: ObjectVersion,
  at: string,
): Arrived {
  const { versionId, bytes } = object;
  const list = { object: { versionId, bytes }, receivedAt: at };
  return comparison.approval === 'provider'
    ? { ...comparison, ...list, state: 'awaiting-approval', expiresAt: patienceEnds(at), lookAgainAt: patienceEnds(at) }
    : { ...comparison, ...list, state: 'received', lookAgainAt: lookAfter(at, at) };
}
