import type { Demand } from '../../schemas/contracts/demands.ts';
import type { EvidenceAct } from '../../schemas/contracts/evidence.ts';
import type { DemandId, DepartmentId } from '../../schemas/contracts/ids.ts';
import type { EventOf } from '../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { Reference, StoredAnswer } from '../../schemas/stored/answers.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import type { Caller } from '../kernel/caller.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { noticeTo } from '../kernel/notice.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { present } from './domain/progress.ts';
import { findDemand, type FoundDemand } from './found.ts';
import type { Act, Ports } from './ports.ts';

type DemandAct = Extract<EvidenceAct, `demand-${string}`>;

/** What every call that acts on a demand brings along. */
export interface Acting {
  readonly caller: Caller;
  readonly refer: (to: Reference) => StoredAnswer | undefined;
}

/** What the departments concerned are told of an act; the one that acts knows. */
const events: Record<DemandAct, EventOf<'demand'>> = {
  'demand-stated': 'stated',
  'demand-matched': 'matched',
  'demand-declined': 'declined',
  'demand-withdrawn': 'withdrawn',
};

/** Those asked hear of a demand and of its end, the demander of what they say to it. */
function toldOf(act: DemandAct, demand: StoredDemand, by: DepartmentId): readonly DepartmentId[] {
  const declined = new Set(demand.declines.map(({ department }) => department));
  const told = {
    'demand-stated': demand.from,
    'demand-matched': [demand.demander],
    'demand-declined': [demand.demander],
    'demand-withdrawn': demand.from.filter((department) => !declined.has(department)),
  }[act];
  return told.filter((department) => department !== by);
}

/** The act that brought a demand to what it is, to be committed as one. */
export function actOf(
  ports: Pick<Ports, 'clock' | 'ids'>,
  act: DemandAct,
  demand: StoredDemand,
  caller: Caller,
  answer: StoredAnswer | undefined,
): Act {
  const { demandId, themeId, demander, match, changedAt, state } = demand;
  const provider = act === 'demand-declined' ? caller.department : match?.provider;
  const subject = {
    demandId,
    ...(themeId !== undefined && { themeId }),
    consumer: demander,
    ...(provider !== undefined && { provider }),
    ...(match && { resourceId: match.resourceId }),
  };
  const notice = {
    type: 'demand' as const,
    event: events[act],
    at: changedAt,
    by: caller.department,
    demandId,
    state,
    ...(match && { resourceId: match.resourceId }),
    path: pathOf(places.readDemand, { demandId }),
  };
  return {
    demand,
    evidence: evidenceOf(ports, act, actorOf(caller), subject),
    notices: toldOf(act, demand, caller.department).map((to) =>
      noticeTo(to, [demandId, caller.department, changedAt], notice),
    ),
    answer,
  };
}

/** Loads a demand, lets `decide` move it, and commits what came of it; `changed-meanwhile` when somebody was quicker. */
export async function change<Code extends string>(
  ports: Ports,
  demandId: DemandId,
  act: DemandAct,
  { caller, refer }: Acting,
  decide: (found: FoundDemand, at: string) => Promise<Outcome<StoredDemand, Code>>,
): Promise<Outcome<Demand, Code | 'not-found' | 'changed-meanwhile'>> {
  const found = await findDemand(ports, demandId, caller);
  if (!found) return refuse('not-found');
  const outcome = await decide(found, ports.clock.now());
  if (!outcome.ok) return outcome;
  const shown = present(outcome.value, undefined, { department: caller.department, standings: found.standings });
  const committed = await settle(ports, act, found, outcome.value, caller, refer({ demandId }));
  return committed ? done(shown) : refuse('changed-meanwhile');
}

/** What a repetition of an act is answered: the demand as it is by then. */
export const shownAgain =
  (ports: Ports) =>
  async ({ caller }: { readonly caller: Caller }, { demandId }: Reference): Promise<Outcome<Demand, never>> => {
    const found = await findDemand(ports, demandId as DemandId, caller);
    if (!found) throw new Fault(`demand ${demandId} is not there`);
    const { demand, progress, standings } = found;
    return done(present(demand, progress, { department: caller.department, standings }));
  };

/** Commits an act, or, where it changes nothing, just what a repetition is answered. */
export const settle = (
  ports: Ports,
  act: DemandAct,
  found: FoundDemand,
  demand: StoredDemand,
  caller: Caller,
  answer: StoredAnswer | undefined,
): Promise<boolean> =>
  demand === found.demand
    ? ports.demands.remember(answer)
    : ports.demands.replace(actOf(ports, act, demand, caller, answer), found.revision);
