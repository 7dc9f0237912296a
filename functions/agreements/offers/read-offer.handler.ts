import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { knowsOf, shownOffer } from '../domain/offer.ts';
import type { OfferPorts } from './ports.ts';

export const readOfferHandler = ({ offers }: OfferPorts) =>
  endpoint(routes.readOffer, async ({ caller, params }) => {
    const offer = await offers.find(params.resourceId);
    return offer && knowsOf(offer, caller) ? done(shownOffer(offer, caller)) : refuse('not-found');
  });
