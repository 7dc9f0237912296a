import type { DraftedAgreement } from '../../schemas/contracts/demands.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { Reference } from '../../schemas/stored/answers.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import { endpoint, type Call } from '../kernel/endpoint.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { dayIn } from '../kernel/time.ts';
import { settle } from './act.ts';
import { draftTerms } from './domain/draft.ts';
import { nameResource } from './domain/match.ts';
import { permit } from './domain/transitions.ts';
import { findDemand, findObtainable } from './found.ts';
import type { Ports } from './ports.ts';

type Drafting = Call<typeof routes.draftAgreement>;

/** A match becomes a drafted agreement; proposing it is the capability agreements' to take. */
export const draftHandler = (ports: Ports) =>
  endpoint(
    routes.draftAgreement,
    async (call) => {
      const { caller } = call;
      const found = await findDemand(ports, call.params.demandId, caller);
      if (!found) return refuse('not-found');
      const permitted = permit('draft', found.state, found.standings);
      if (!permitted.ok) return permitted;
      const resourceId = call.body.resourceId ?? found.demand.match?.resourceId;
      if (resourceId === undefined) return refuse('wrong-state', { detail: nothingNamed });
      const matched = await matchedWith(ports, found.demand, resourceId);
      if (!matched.ok) return matched;
      const today = dayIn(ports.timeZone, ports.clock.now());
      const drafted = await draft(ports, call, matched.value, { resourceId, today });
      if (!drafted.ok) return drafted;
      const { demandId } = found.demand;
      const answer = call.refer({ demandId, resourceId, today });
      const committed = await settle(ports, 'demand-matched', found, matched.value, caller, answer);
      return committed ? drafted : refuse('changed-meanwhile');
    },
    (call, to) => draftAgain(ports, call, to),
  );

/** The same draft, made anew of the demand, the resource that was named and the day; nothing is settled again. */
async function draftAgain(ports: Ports, call: Drafting, { resourceId, today }: Reference) {
  const found = await findDemand(ports, call.params.demandId, call.caller);
  return found
    ? draft(ports, call, found.demand, { resourceId: resourceId as ResourceId, today: String(today) })
    : refuse('not-found');
}

const nothingNamed = 'No resource is named for this demand yet: give resourceId; GET …/matches proposes some.';

async function matchedWith(ports: Ports, demand: StoredDemand, resourceId: ResourceId) {
  const resource = await findObtainable(ports, resourceId);
  return resource ? nameResource(demand, resource, demand.demander, ports.clock.now()) : refuse('resource-not-found');
}

async function draft(
  { catalog, sharing }: Ports,
  { body }: Drafting,
  demand: StoredDemand,
  { resourceId, today }: { readonly resourceId: ResourceId; readonly today: string },
): Promise<Outcome<DraftedAgreement, 'invalid-terms' | 'resource-not-found'>> {
  const resource = await catalog.latest(resourceId);
  if (!resource) return refuse('resource-not-found');
  const terms = draftTerms({
    demand,
    definition: resource.definition,
    precedents: await sharing.precedents(resourceId, demand.demander),
    changes: body.terms,
    today,
  });
  return terms.ok ? done({ resourceId, terms: terms.value, demandId: demand.demandId }) : terms;
}
