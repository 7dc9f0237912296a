import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { HubClient } from './hub-client.ts';
import { accepting, onTheTable } from './on-the-table.ts';

export interface Parties {
  readonly consumer: HubClient;
  readonly provider: HubClient;
  readonly authority: HubClient;
}

/**
 * The straight way of an agreement: proposed by the consumer, accepted unless a standing offer has done so, signed by both,
 * filed by the authority.
 */
export async function conclude(
  parties: Parties,
  proposal: { readonly resourceId: string; readonly terms: unknown },
  filingNumber: string,
): Promise<Agreement> {
  const proposed = await parties.consumer.post<Agreement>('/v1/agreements', proposal);
  return settle(parties, proposed, filingNumber);
}

/** From the terms on the table to those in force: a proposal's, a counter-offer's or an amendment's. */
export async function settle(
  { consumer, provider, authority }: Parties,
  agreement: Agreement,
  filingNumber: string,
): Promise<Agreement> {
  const { termsVersion, termsDigest } = onTheTable(agreement);
  const path = `/v1/agreements/${agreement.agreementId}`;
  const isProposed = (agreement.amendment ?? agreement).state === 'proposed';
  const other = accepting(agreement) === agreement.consumer ? consumer : provider;
  if (isProposed) await other.post(`${path}/acceptance`, { termsVersion });
  await consumer.post(`${path}/signatures`, { termsVersion, termsDigest });
  await provider.post(`${path}/signatures`, { termsVersion, termsDigest });
  return authority.post<Agreement>(`${path}/filing`, { filingNumber });
}
