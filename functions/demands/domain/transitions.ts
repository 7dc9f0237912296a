import type { DemandAction, DemandState } from '../../../schemas/contracts/demands.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import type { Standing } from './standing.ts';

interface Transition {
  readonly by: readonly Standing[];
  /** What a reader is told who may not take this step. */
  readonly otherwise: 'not-the-demander' | 'not-asked';
  readonly from: Readonly<Partial<Record<DemandState, DemandState>>>;
}

/** Who may take which step, from which state, to which state. What is negotiated is decided in the agreement. */
export const transitions = {
  match: { by: ['demander', 'asked'], otherwise: 'not-the-demander', from: { open: 'matched', matched: 'matched' } },
  draft: { by: ['demander'], otherwise: 'not-the-demander', from: { open: 'matched', matched: 'matched' } },
  // Reached with the last of those asked, where nothing else is named for it.
  decline: { by: ['asked'], otherwise: 'not-asked', from: { open: 'declined', matched: 'declined' } },
  withdraw: { by: ['demander'], otherwise: 'not-the-demander', from: { open: 'withdrawn', matched: 'withdrawn' } },
} as const satisfies Record<DemandAction, Transition>;

type OtherwiseOf<A extends DemandAction> = (typeof transitions)[A]['otherwise'];

/** May a department that stands so to a demand see it, take the step at all, and take it in this state? In that order. */
export function permit<A extends DemandAction>(
  action: A,
  state: DemandState,
  standings: readonly Standing[],
): Outcome<undefined, 'not-found' | 'wrong-state' | OtherwiseOf<A>> {
  const { by, from }: Transition = transitions[action];
  if (standings.length === 0) return refuse('not-found');
  if (!standings.some((standing) => by.includes(standing)))
    return refuse<OtherwiseOf<A>>(transitions[action].otherwise);
  return from[state]
    ? done(undefined)
    : refuse('wrong-state', {
        detail: `The demand is ${state}; this step takes one that is ${Object.keys(from).join(' or ')}.`,
      });
}
