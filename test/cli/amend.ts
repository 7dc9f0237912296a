import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { City } from '../support/city.ts';

/** The straight way of an amendment: proposed by the consumer, accepted, signed by both, filed by the authority. */
export async function amend(city: City, { agreementId, terms }: Agreement, changes: object): Promise<Agreement> {
  const path = `/v1/agreements/${agreementId}`;
  const last = terms.at(-1)!;
  const { provider, consumer, amendment } = await city
    .as(last.proposedBy)
    .post<Agreement>(`${path}/proposals`, { terms: { ...last.terms, ...changes } });
  const { termsVersion, termsDigest } = amendment!;
  await city.as(provider).post(`${path}/acceptance`, { termsVersion });
  await city.as(consumer).post(`${path}/signatures`, { termsVersion, termsDigest });
  await city.as(provider).post(`${path}/signatures`, { termsVersion, termsDigest });
  return city.as('eitc').post<Agreement>(`${path}/filing`, { filingNumber: `T-${termsVersion}` });
}
