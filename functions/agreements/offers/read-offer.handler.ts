import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/http.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { isFor } from '../domain/offer.ts';
import { seesAll } from '../domain/standing.ts';
import type { OfferPorts } from './ports.ts';

export const readOfferHandler = ({ offers }: OfferPorts) =>
  endpoint(routes.readOffer, async ({ caller, params }) => {
    const offer = await offers.find(params.resourceId);
    const knows = offer && (offer.provider === caller.department || isFor(offer, caller.department) || seesAll(caller));
    return knows ? done(offer) : refuse('not-found');
  });
