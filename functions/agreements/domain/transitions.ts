import type { Agreement, AgreementAction, AgreementState, Amendment } from '../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { isFiled } from '../../reading/agreement.ts';
import { standingsOf, type Acting, type Standing } from './standing.ts';

/** `propose` begins an agreement; every other action moves one from a state to a state. */
export type Step = Exclude<AgreementAction, 'propose'>;

/** Of other terms beside those in force: none, or how far they have come. */
type AmendmentState = Amendment['state'] | 'none';

interface Transition {
  readonly by: readonly Standing[];
  /** Excludes even those whom `by` names. */
  readonly never: readonly Standing[];
  /** What a reader is told who may not take this step; roles that never may are turned away by the route itself. */
  readonly otherwise: 'not-a-party' | 'own-agreement' | 'not-the-consumer' | 'not-a-source' | 'not-found';
  /** What is told where the state does not permit the step. */
  readonly instead: 'wrong-state' | 'no-amendment' | 'nothing-owed';
  readonly from: Readonly<Partial<Record<AgreementState, AgreementState>>>;
  /** Once an agreement is in force a step with such a row moves its amendment, and the agreement stays as it is. */
  readonly amendment: Readonly<Partial<Record<AmendmentState, AmendmentState>>>;
}

const parties = ['provider', 'consumer'] as const;
const partiesAndAuthority = [...parties, 'authority'] as const;
const negotiated = { proposed: 'proposed', agreed: 'agreed', signed: 'signed' } as const;
const inForce = { active: 'active', suspended: 'suspended' } as const;
const over = { terminated: 'terminated', expired: 'expired' } as const;
const notOver = { ...negotiated, ...inForce } as const;
const ever = { ...notOver, ...over } as const;

/** Who may take which step, from which state, to which state. A step that is not here does not exist. */
export const transitions = {
  counter: {
    by: parties,
    never: [],
    otherwise: 'not-a-party',
    instead: 'wrong-state',
    from: { proposed: 'proposed', agreed: 'proposed', signed: 'proposed' },
    amendment: { none: 'proposed', proposed: 'proposed', agreed: 'proposed', signed: 'proposed' },
  },
  comment: {
    by: partiesAndAuthority,
    never: [],
    otherwise: 'not-found',
    instead: 'wrong-state',
    from: ever,
    amendment: {},
  },
  accept: {
    by: parties,
    never: [],
    otherwise: 'not-a-party',
    instead: 'wrong-state',
    from: { proposed: 'agreed' },
    amendment: { proposed: 'agreed' },
  },
  // The first officer's signature where the registry asks a department for two.
  approve: {
    by: parties,
    never: [],
    otherwise: 'not-a-party',
    instead: 'wrong-state',
    from: { agreed: 'agreed' },
    amendment: { agreed: 'agreed' },
  },
  // Reached with the last party's signature; until then it stays agreed.
  sign: {
    by: parties,
    never: [],
    otherwise: 'not-a-party',
    instead: 'wrong-state',
    from: { agreed: 'signed' },
    amendment: { agreed: 'signed' },
  },
  // To terms that both parties agree on, or again to those in force; then reached once nobody holds it any more.
  consent: {
    by: ['source'],
    never: [],
    otherwise: 'not-a-source',
    instead: 'wrong-state',
    from: { agreed: 'agreed', signed: 'signed', suspended: 'active' },
    amendment: { agreed: 'agreed', signed: 'signed' },
  },
  // To terms that are not in force yet, or not to be any more: the hub then suspends.
  object: {
    by: ['source'],
    never: [],
    otherwise: 'not-a-source',
    instead: 'wrong-state',
    from: { agreed: 'agreed', signed: 'signed', active: 'suspended', suspended: 'suspended' },
    amendment: { agreed: 'agreed', signed: 'signed' },
  },
  // Nobody files what it drafted or is a party to. A filed amendment is the agreement, unless somebody suspends it.
  file: {
    by: ['authority'],
    never: [...parties, 'drafter'],
    otherwise: 'own-agreement',
    instead: 'wrong-state',
    from: { signed: 'active' },
    amendment: { signed: 'none' },
  },
  withdraw: {
    by: parties,
    never: [],
    otherwise: 'not-a-party',
    instead: 'no-amendment',
    from: {},
    amendment: { proposed: 'none', agreed: 'none', signed: 'none' },
  },
  suspend: {
    by: [...partiesAndAuthority, 'hub'],
    never: [],
    otherwise: 'not-found',
    instead: 'wrong-state',
    from: { active: 'suspended', suspended: 'suspended' },
    amendment: {},
  },
  // Reached once nobody holds it any more; until then it stays suspended.
  resume: {
    by: [...partiesAndAuthority, 'hub'],
    never: [],
    otherwise: 'not-found',
    instead: 'wrong-state',
    from: { suspended: 'active' },
    amendment: {},
  },
  terminate: {
    by: [...partiesAndAuthority, 'hub'],
    never: [],
    otherwise: 'not-found',
    instead: 'wrong-state',
    from: {
      proposed: 'terminated',
      agreed: 'terminated',
      signed: 'terminated',
      active: 'terminated',
      suspended: 'terminated',
    },
    amendment: {},
  },
  expire: {
    by: ['hub'],
    never: [],
    otherwise: 'not-found',
    instead: 'wrong-state',
    from: { proposed: 'expired', agreed: 'expired', signed: 'expired', active: 'expired', suspended: 'expired' },
    amendment: {},
  },
  outdate: { by: ['hub'], never: [], otherwise: 'not-found', instead: 'wrong-state', from: inForce, amendment: {} },
  restore: { by: ['hub'], never: [], otherwise: 'not-found', instead: 'wrong-state', from: inForce, amendment: {} },
  dispute: { by: parties, never: [], otherwise: 'not-a-party', instead: 'wrong-state', from: notOver, amendment: {} },
  // Also of an agreement that is over: nobody escapes a dispute by ending what it is about.
  answer: { by: parties, never: [], otherwise: 'not-a-party', instead: 'wrong-state', from: ever, amendment: {} },
  decide: {
    by: ['authority'],
    never: parties,
    otherwise: 'own-agreement',
    instead: 'wrong-state',
    from: ever,
    amendment: {},
  },
  dispose: {
    by: ['consumer'],
    never: [],
    otherwise: 'not-the-consumer',
    instead: 'nothing-owed',
    from: over,
    amendment: {},
  },
} as const satisfies Record<Step, Transition>;

type Row<S extends Step> = (typeof transitions)[S];
type Values<T> = T[keyof T];
/** Where a step leads: a state of the agreement, or of its amendment. */
type To<S extends Step> = Values<Row<S>['from']> | Values<Row<S>['amendment']>;

/** What a step is about once terms are in force: those on the table, where it moves an amendment, or these. */
type About = 'table' | 'in-force';

/** The state that a step leads to; undefined where the present state does not permit it. */
function next({ state, amendment }: Agreement, step: Step, about: About): AgreementState | AmendmentState | undefined {
  const row: Transition = transitions[step];
  return movesAmendment(step, about) && isFiled({ state })
    ? row.amendment[amendment?.state ?? 'none']
    : row.from[state];
}

const movesAmendment = (step: Step, about: About): boolean =>
  about === 'table' && Object.keys(transitions[step].amendment).length > 0;

/** May this actor see the agreement, take the step at all, and take it now? In that order; answers the next state. */
export function permit<S extends Step>(
  agreement: Agreement,
  step: S,
  by: Acting,
  about: About = 'table',
): Outcome<To<S>, 'not-found' | Row<S>['otherwise'] | Row<S>['instead']> {
  const standings = standingsOf(agreement, by);
  if (standings.length === 0) return refuse('not-found');
  if (!mayTake(step, standings)) return refuse<Row<S>['otherwise']>(transitions[step].otherwise);
  const to = next(agreement, step, about);
  // The row of this very step is where it was looked up.
  return to ? done(to as To<S>) : refuse<Row<S>['instead']>(transitions[step].instead, whyNot(agreement, step, about));
}

function mayTake(step: Step, standings: readonly Standing[]): boolean {
  const { by, never }: Transition = transitions[step];
  return standings.some((standing) => by.includes(standing)) && !standings.some((standing) => never.includes(standing));
}

/** The state that it is in, and those that the step takes; nothing where the refusal's own words say it better. */
function whyNot({ state, amendment }: Agreement, step: Step, about: About): { readonly detail?: string } {
  const { from, amendment: amending, instead }: Transition = transitions[step];
  if (instead !== 'wrong-state') return {};
  const amends = movesAmendment(step, about) && isFiled({ state });
  const [is, takes] = amends
    ? [amendment ? `The amendment is ${amendment.state}` : 'There is no amendment', Object.keys(amending)]
    : [`The agreement is ${state}`, Object.keys(from)];
  return { detail: `${is}; this step takes one that is ${takes.join(' or ')}.` };
}
