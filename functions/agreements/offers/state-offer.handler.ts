import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { refuse } from '../../kernel/outcome.ts';
import { momentOf } from '../act.ts';
import { stateOffer } from '../domain/offer.ts';
import { offerEvidence } from './evidence.ts';
import type { OfferPorts } from './ports.ts';

export const stateOfferHandler = (ports: OfferPorts) =>
  endpoint(routes.stateOffer, async ({ caller, params, body }) => {
    const resource = await ports.definitions.latest(params.resourceId);
    if (!resource) return refuse('resource-not-found');
    const moment = momentOf(ports);
    const inherited = await ports.definitions.inherited(resource, moment.today);
    const outcome = stateOffer({ resource, inherited }, body, caller.department, moment);
    if (!outcome.ok) return outcome;
    await ports.offers.state(outcome.value, offerEvidence(ports, 'offer-stated', caller, outcome.value));
    return outcome;
  });
