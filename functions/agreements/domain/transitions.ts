import type { Agreement, AgreementAction, AgreementState } from '../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { mayRead, standingsOf, type Officer, type Standing } from './standing.ts';

/** `propose` begins an agreement; every other action moves one from a state to a state. */
export type Step = Exclude<AgreementAction, 'propose'>;

interface Transition {
  readonly by: readonly Standing[];
  /** Excludes even those whom `by` names. */
  readonly never: readonly Standing[];
  /** What a reader is told who may not take this step; roles that never may are turned away by the route itself. */
  readonly otherwise: 'not-a-party' | 'own-agreement' | 'not-found';
  readonly from: Readonly<Partial<Record<AgreementState, AgreementState>>>;
}

const parties = ['provider', 'consumer'] as const;

/** Who may take which step, from which state, to which state. A step that is not here does not exist. */
export const transitions = {
  accept: { by: parties, never: [], otherwise: 'not-a-party', from: { proposed: 'agreed' } },
  // Reached with the last party's signature; until then the agreement stays agreed.
  sign: { by: parties, never: [], otherwise: 'not-a-party', from: { agreed: 'signed' } },
  // Nobody files what it drafted or is a party to.
  file: { by: ['authority'], never: [...parties, 'drafter'], otherwise: 'own-agreement', from: { signed: 'active' } },
  terminate: {
    by: [...parties, 'authority'],
    never: [],
    otherwise: 'not-found',
    from: { proposed: 'terminated', agreed: 'terminated', signed: 'terminated', active: 'terminated' },
  },
} as const satisfies Record<Step, Transition>;

/** The state that a step leads to; undefined where the present state does not permit it. */
const next = (state: AgreementState, step: Step): AgreementState | undefined => {
  const { from }: Transition = transitions[step];
  return from[state];
};

type OtherwiseOf<S extends Step> = (typeof transitions)[S]['otherwise'];

/** May this officer see the agreement, take the step at all, and take it now? In that order; answers the next state. */
export function permit<S extends Step>(
  agreement: Agreement,
  step: S,
  by: Officer,
): Outcome<AgreementState, 'not-found' | 'wrong-state' | OtherwiseOf<S>> {
  if (!mayRead(agreement, by)) return refuse('not-found');
  if (!mayTake(step, standingsOf(agreement, by))) return refuse<OtherwiseOf<S>>(transitions[step].otherwise);
  const to = next(agreement.state, step);
  return to
    ? done(to)
    : refuse('wrong-state', {
        detail: `The agreement is ${agreement.state}; this step takes one that is ${Object.keys(transitions[step].from).join(' or ')}.`,
      });
}

function mayTake(step: Step, standings: readonly Standing[]): boolean {
  const { by, never }: Transition = transitions[step];
  return standings.some((standing) => by.includes(standing)) && !standings.some((standing) => never.includes(standing));
}
