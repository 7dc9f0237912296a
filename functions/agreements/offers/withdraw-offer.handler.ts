import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { knowsOf } from '../domain/offer.ts';
import { offerEvidence } from './evidence.ts';
import type { OfferPorts } from './ports.ts';

/** What was accepted under it stays accepted. */
export const withdrawOfferHandler = (ports: OfferPorts) =>
  endpoint(routes.withdrawOffer, async (call) => {
    const { caller, params } = call;
    const offer = await ports.offers.find(params.resourceId);
    if (!offer || !knowsOf(offer, caller)) return refuse('not-found');
    if (offer.provider !== caller.department) return refuse('not-the-provider');
    const evidence = offerEvidence(ports, 'offer-withdrawn', caller, offer);
    return (await ports.offers.withdraw(offer, evidence, call.answer(offer)))
      ? done(offer)
      : refuse('changed-meanwhile');
  });
