import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AgreementId, DemandId, ResourceId, SchemeId } from '../../schemas/contracts/ids.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import type { Caller } from '../kernel/caller.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { actOf, momentOf, type Acting } from './act.ts';
import { acceptedByOffer } from './domain/offer.ts';
import { propose } from './domain/steps/propose.ts';
import type { Ports } from './ports.ts';

/** What a consumer asks for. */
export interface Wanted {
  readonly agreementId: AgreementId;
  readonly resourceId: ResourceId;
  readonly terms: Terms;
  readonly demandId?: DemandId | undefined;
  readonly scheme?: SchemeId | undefined;
}

export type NotBegun =
  | 'resource-not-found'
  | 'resource-retired'
  | 'own-resource'
  | 'sharing-refused'
  | 'invalid-terms'
  | 'changed-meanwhile';

/** Begins an agreement with a proposal; terms within the provider's standing offer are accepted in the same act. */
export async function begin(
  ports: Ports,
  acting: Acting & { readonly caller: Caller },
  wanted: Wanted,
): Promise<Outcome<Agreement, NotBegun>> {
  const { agreementId, resourceId, terms, demandId, scheme } = wanted;
  const { caller } = acting;
  const resource = await ports.catalog.latest(resourceId);
  if (!resource) return refuse('resource-not-found');
  if (await ports.catalog.isRetired(resourceId)) return refuse('resource-retired');
  const offer = await ports.offers.find(resourceId);
  const withinOffer = acceptedByOffer(offer, terms, caller.department, resource.definition);
  const moment = momentOf(ports);
  const inherited = await ports.catalog.inherited(resource, moment.today);
  const proposal = { agreementId, resource, terms, demandId, scheme, inherited, withinOffer };
  const outcome = propose(proposal, caller, moment);
  if (!outcome.ok) return outcome;
  if (demandId !== undefined && !(await ports.demands.isOpenOf(demandId, caller.department, resourceId)))
    return refuse('invalid-terms', { violations: [notYourDemand] });
  const act = actOf(ports, outcome.value, acting);
  return (await ports.agreements.add({ ...act, ...(withinOffer && { within: offer }) }))
    ? done(act.agreement)
    : refuse('changed-meanwhile');
}

const notYourDemand = {
  path: '/demandId',
  rule: 'not-open',
  message: 'your department has no demand of this id that waits for an agreement on this resource',
};
