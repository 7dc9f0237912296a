import type { ComparisonState } from '../../../schemas/contracts/comparisons.ts';
import type { ComparisonIn, StoredComparison } from '../../../schemas/stored/comparisons.ts';

interface Transition {
  readonly from: readonly ComparisonState[];
  readonly to: readonly ComparisonState[];
}

/** What may happen to a comparison in which state, and what it is afterwards. */
export const transitions = {
  /** Its list has come; where the terms ask for it, the provider is asked first. */
  arrive: { from: ['awaiting'], to: ['awaiting-approval', 'received'] },
  approve: { from: ['awaiting-approval'], to: ['received'] },
  decline: { from: ['awaiting-approval'], to: ['refused'] },
  cancel: { from: ['awaiting', 'awaiting-approval', 'received', 'running'], to: ['cancelled'] },
  /** A run begins, or is taken up again after one that died. */
  begin: { from: ['received', 'running'], to: ['running'] },
  finish: { from: ['running'], to: ['done'] },
  refuse: { from: ['received', 'running'], to: ['refused'] },
  expire: { from: ['awaiting', 'awaiting-approval', 'received', 'running'], to: ['expired'] },
} as const satisfies Readonly<Record<string, Transition>>;

export type ComparisonAction = keyof typeof transitions;
/** A comparison to which something may happen. */
export type Before<Action extends ComparisonAction> = ComparisonIn<(typeof transitions)[Action]['from'][number]>;

export const allows = <Action extends ComparisonAction>(
  action: Action,
  comparison: StoredComparison,
): comparison is Before<Action> => (transitions[action].from as readonly ComparisonState[]).includes(comparison.state);

/** Nothing more can happen to it. */
export type Ended = ComparisonIn<'done' | 'refused' | 'cancelled' | 'expired'>;

export const isEnded = (comparison: StoredComparison): comparison is Ended =>
  comparison.state === 'done' ||
  comparison.state === 'refused' ||
  comparison.state === 'cancelled' ||
  comparison.state === 'expired';
