import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Offer } from '../../../schemas/contracts/offers.ts';
import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { Hub } from '../../kernel/ports.ts';
import type { Catalog } from '../ports.ts';

export interface StandingOffers {
  /** Strongly consistent. */
  find(id: ResourceId): Promise<Offer | undefined>;
  /** In the place of an earlier one, with the evidence, or nothing. */
  state(offer: Offer, evidence: Evidence): Promise<void>;
  /** False where it is another one by now, or gone, or where the answer's key has been used meanwhile. */
  withdraw(offer: Offer, evidence: Evidence, answer: StoredAnswer | undefined): Promise<boolean>;
}

export interface OfferPorts extends Pick<Hub, 'clock' | 'ids' | 'timeZone'> {
  readonly offers: StandingOffers;
  readonly definitions: Pick<Catalog, 'latest' | 'inherited'>;
}
