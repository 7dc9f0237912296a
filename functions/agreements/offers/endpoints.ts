import type { Endpoint } from '../../kernel/endpoint.ts';
import type { OfferPorts } from './ports.ts';
import { readOfferHandler } from './read-offer.handler.ts';
import { stateOfferHandler } from './state-offer.handler.ts';
import { withdrawOfferHandler } from './withdraw-offer.handler.ts';

/** Terms under which a provider accepts at once. */
export const offerEndpoints = (ports: OfferPorts): readonly Endpoint[] =>
  [stateOfferHandler, readOfferHandler, withdrawOfferHandler].map((handler) => handler(ports));
