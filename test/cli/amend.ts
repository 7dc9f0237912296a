import { settle } from '../../clients/protocol/parties.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { City } from '../support/city.ts';

/** The straight way of an amendment: proposed by the consumer, accepted, signed by both, filed by the authority. */
export async function amend(city: City, { agreementId, terms }: Agreement, changes: object): Promise<Agreement> {
  const last = terms.at(-1)!;
  const amending = await city
    .as(last.proposedBy)
    .call(routes.counterAgreement, { params: { agreementId }, body: { terms: { ...last.terms, ...changes } } });
  const { provider, consumer, amendment } = amending;
  const parties = { consumer: city.as(consumer), provider: city.as(provider), authority: city.as('eitc') };
  return settle(parties, amending, `T-${amendment?.termsVersion}`);
}
