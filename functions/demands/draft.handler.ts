import type { DraftedAgreement, StoredDemand } from '../../schemas/contracts/demands.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { dayIn } from '../kernel/day.ts';
import { endpoint, type Call } from '../kernel/http.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { settle } from './act.ts';
import { draftTerms } from './domain/draft.ts';
import { nameResource } from './domain/match.ts';
import { permit } from './domain/transitions.ts';
import { findDemand, findObtainable } from './found.ts';
import type { Ports } from './ports.ts';

type Drafting = Call<typeof routes.draftAgreement>;

/** A match becomes a drafted agreement; proposing it is the capability agreements' to take. */
export const draftHandler = (ports: Ports) =>
  endpoint(routes.draftAgreement, async (call) => {
    const { caller } = call;
    const found = await findDemand(ports, call.params.demandId, caller);
    if (!found) return refuse('not-found');
    const permitted = permit('draft', found.state, found.standings);
    if (!permitted.ok) return permitted;
    const resourceId = call.body.resourceId ?? found.demand.match?.resourceId;
    if (resourceId === undefined) return refuse('wrong-state', { detail: nothingNamed });
    const matched = await matchedWith(ports, found.demand, resourceId);
    if (!matched.ok) return matched;
    const drafted = await draft(ports, call, matched.value, resourceId);
    if (!drafted.ok) return drafted;
    const answer = call.answer(drafted.value);
    const committed = await settle(ports, 'demand-matched', found, matched.value, caller, answer);
    return committed ? drafted : refuse('changed-meanwhile');
  });

const nothingNamed = 'No resource is named for this demand yet: give resourceId; GET …/matches proposes some.';

async function matchedWith(ports: Ports, demand: StoredDemand, resourceId: ResourceId) {
  const resource = await findObtainable(ports, resourceId);
  return resource ? nameResource(demand, resource, demand.demander, ports.clock.now()) : refuse('resource-not-found');
}

async function draft(
  { catalog, sharing, clock, timeZone }: Ports,
  { body }: Drafting,
  demand: StoredDemand,
  resourceId: ResourceId,
): Promise<Outcome<DraftedAgreement, 'invalid-terms' | 'resource-not-found'>> {
  const resource = await catalog.latest(resourceId);
  if (!resource) return refuse('resource-not-found');
  const terms = draftTerms({
    demand,
    definition: resource.definition,
    precedents: await sharing.precedents(resourceId, demand.demander),
    changes: body.terms,
    today: dayIn(timeZone, clock.now()),
  });
  return terms.ok ? done({ resourceId, terms: terms.value, demandId: demand.demandId }) : terms;
}
