import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { HubClient } from './hub-client.ts';
import { accepting, onTheTable } from './on-the-table.ts';
import type { Body } from './route-types.ts';
import { routes } from './routes.ts';

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
  proposal: Body<'proposeAgreement'>,
  filingNumber: string,
): Promise<Agreement> {
  const proposed = await parties.consumer.call(routes.proposeAgreement, { body: proposal });
  return settle(parties, proposed, filingNumber);
}

/** From the terms on the table to those in force: a proposal's, a counter-offer's or an amendment's. */
export async function settle(
  { consumer, provider, authority }: Parties,
  agreement: Agreement,
  filingNumber: string,
): Promise<Agreement> {
  const { termsVersion, termsDigest } = onTheTable(agreement);
  const params = { agreementId: agreement.agreementId };
  const signature = { params, body: { termsVersion, termsDigest } };
  const isProposed = (agreement.amendment ?? agreement).state === 'proposed';
  const other = accepting(agreement) === agreement.consumer ? consumer : provider;
  if (isProposed) await other.call(routes.acceptAgreement, { params, body: { termsVersion } });
  await consumer.call(routes.signAgreement, signature);
  await provider.call(routes.signAgreement, signature);
  return authority.call(routes.fileAgreement, { params, body: { filingNumber } });
}
