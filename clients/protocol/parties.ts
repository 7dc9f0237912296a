import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { HubClient } from './hub-client.ts';

export interface Parties {
  readonly consumer: HubClient;
  readonly provider: HubClient;
  readonly authority: HubClient;
}

/** The straight way of an agreement: proposed by the consumer, accepted, signed by both, filed by the authority. */
export async function conclude(
  { consumer, provider, authority }: Parties,
  proposal: { readonly resourceId: string; readonly terms: unknown },
  filingNumber: string,
): Promise<Agreement> {
  const { agreementId, termsVersion, termsDigest } = await consumer.post<Agreement>('/v1/agreements', proposal);
  const path = `/v1/agreements/${agreementId}`;
  await provider.post(`${path}/acceptance`, { termsVersion });
  await consumer.post(`${path}/signatures`, { termsVersion, termsDigest });
  await provider.post(`${path}/signatures`, { termsVersion, termsDigest });
  return authority.post<Agreement>(`${path}/filing`, { filingNumber });
}
