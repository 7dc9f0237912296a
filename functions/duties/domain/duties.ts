import type { Duty, DutyId } from '../../../schemas/contracts/duties.ts';
import { deadlines, spanOf } from '../../../schemas/registry/deadlines.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import { dayIn } from '../../kernel/time.ts';
import type { AgreementCase } from './agreement-case.ts';
import { owedBy, type Claim, type Rules } from './claim.ts';
import { inForce } from './in-force.ts';
import { negotiating } from './negotiating.ts';
import { settling } from './settling.ts';
import { termOf } from './term.ts';

const ofAgreements: Rules<Exclude<DutyId, 'answer-demand'>, AgreementCase> = {
  ...negotiating,
  ...inForce,
  ...settling,
};

/** A demand on a day. */
export interface DemandCase {
  readonly demand: Pick<StoredDemand, 'demandId' | 'demander' | 'from' | 'state' | 'statedAt' | 'declines'>;
  readonly timeZone: string;
  readonly today: string;
}

const ofDemands: Rules<'answer-demand', DemandCase> = {
  'answer-demand': ({ demand, timeZone }) => {
    const { demander, from, state, statedAt, declines } = demand;
    if (state !== 'open') return [];
    const silent = from.filter((asked) => declines.every(({ department }) => department !== asked));
    return owedBy(silent, [demander], termOf(dayIn(timeZone, statedAt), spanOf('answer-demand')));
  },
};

/** What is owed under an agreement on a day, in order of the last day. */
export function dutiesOf(matter: AgreementCase): readonly Duty[] {
  const { agreementId, resourceId } = matter.agreement;
  return found(ofAgreements, matter, { agreementId, resourceId }, matter.today);
}

/** What is owed about a demand on a day. */
export const dutiesOfDemand = (matter: DemandCase): readonly Duty[] =>
  found(ofDemands, matter, { demandId: matter.demand.demandId }, matter.today);

function found<D extends DutyId, Case>(
  rules: Rules<D, Case>,
  matter: Case,
  about: Duty['about'],
  today: string,
): readonly Duty[] {
  return (Object.keys(rules) as D[])
    .flatMap((duty) => rules[duty](matter).map((claim) => dutyOf(duty, claim, about, today)))
    .sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
}

const orderOf = ({ due, duty, by }: Duty): string => `${due} ${duty} ${by}`;

function dutyOf(duty: DutyId, { by, to, term }: Claim, about: Duty['about'], today: string): Duty {
  const { binding, source } = deadlines[duty];
  const { since, due, provisional } = term;
  return {
    duty,
    by,
    to: [...to],
    about,
    since,
    due,
    overdue: binding && due < today,
    binding,
    ...(provisional && { provisional }),
    source,
  };
}
