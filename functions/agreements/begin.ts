import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AgreementId, DemandId, DepartmentId, ResourceId, SchemeId } from '../../schemas/contracts/ids.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import type { Caller } from '../kernel/caller.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { actOf, momentOf, type Acting } from './act.ts';
import { acceptedByOffer } from './domain/offer.ts';
import { propose } from './domain/steps/propose.ts';
import type { Ports } from './ports.ts';

/** What a consumer asks for, or a provider proposes of its own. */
export interface Wanted {
  readonly agreementId: AgreementId;
  readonly resourceId: ResourceId;
  /** The caller where nobody is named. */
  readonly consumer?: DepartmentId | undefined;
  readonly terms: Terms;
  readonly demandId?: DemandId | undefined;
  readonly scheme?: SchemeId | undefined;
}

export type NotBegun =
  | 'resource-not-found'
  | 'not-the-provider'
  | 'resource-retired'
  | 'own-resource'
  | 'sharing-refused'
  | 'invalid-terms'
  | 'changed-meanwhile';

/** Begins an agreement with a proposal; a consumer's within the provider's standing offer is accepted in the same act. */
export async function begin(
  ports: Ports,
  acting: Acting & { readonly caller: Caller },
  wanted: Wanted,
): Promise<Outcome<Agreement, NotBegun>> {
  const { resourceId, terms, demandId } = wanted;
  const { caller } = acting;
  const consumer = wanted.consumer ?? caller.department;
  const resource = await ports.catalog.latest(resourceId);
  if (!resource) return refuse('resource-not-found');
  const isRetired = await ports.catalog.isRetired(resourceId);
  const offer = await ports.offers.find(resourceId);
  const withinOffer = acceptedByOffer(offer, terms, consumer, resource.definition);
  const moment = momentOf(ports);
  const inherited = await ports.catalog.inherited(resource, moment.today);
  const proposal = { ...wanted, consumer, resource, isRetired, inherited, withinOffer };
  const outcome = propose(proposal, caller, moment);
  if (!outcome.ok) return outcome;
  if (demandId !== undefined && !(await ports.demands.isOpenOf(demandId, consumer, resourceId)))
    return refuse('invalid-terms', { violations: [noSuchDemand] });
  const act = actOf(ports, outcome.value, acting);
  const isAccepted = outcome.value.state === 'agreed';
  return (await ports.agreements.add({ ...act, ...(isAccepted && { within: offer }) }))
    ? done(act.agreement)
    : refuse('changed-meanwhile');
}

const noSuchDemand = {
  path: '/demandId',
  rule: 'not-open',
  message: 'the consumer has no demand of this id that waits for an agreement on this resource',
};
