import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { Offer } from '../../../schemas/contracts/offers.ts';
import type { Caller } from '../../kernel/caller.ts';
import { digestOf } from '../../kernel/digest.ts';
import { actorOf, evidenceOf } from '../../kernel/evidence.ts';
import type { OfferPorts } from './ports.ts';

/** What was offered is known by its digest. */
export const offerEvidence = (
  ports: OfferPorts,
  act: 'offer-stated' | 'offer-withdrawn',
  caller: Caller,
  offer: Offer,
): Evidence => {
  const { resourceId, resourceVersion, provider } = offer;
  const subject = { resourceId, resourceVersion, provider };
  return evidenceOf(ports, act, actorOf(caller), subject, { offer: digestOf(offer) });
};
