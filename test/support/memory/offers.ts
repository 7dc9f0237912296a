import type { StandingOffers } from '../../../functions/agreements/offers/ports.ts';
import type { Offer } from '../../../schemas/contracts/offers.ts';
import { memoryJournal, type Journal } from './kernel.ts';

export function memoryOffers(journal: Journal = memoryJournal()): StandingOffers {
  const offers = new Map<string, Offer>();
  return {
    find: async (id) => offers.get(id),
    state: async (offer, evidence) => {
      journal.commit(() => offers.set(offer.resourceId, structuredClone(offer)), evidence, undefined);
    },
    withdraw: async ({ resourceId, statedAt }, evidence, answer) =>
      offers.get(resourceId)?.statedAt === statedAt &&
      journal.commit(() => offers.delete(resourceId), evidence, answer),
  };
}
