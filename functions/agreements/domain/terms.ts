import type { Agreement, Terms, TermsVersion } from '../../../schemas/contracts/agreements.ts';
import { digestOf } from '../../kernel/digest.ts';

type Identity = Pick<
  Agreement,
  'agreementId' | 'provider' | 'consumer' | 'resourceId' | 'resourceVersion' | 'termsVersion'
>;

/** What parties sign: base64 SHA-256 of the RFC 8785 canonical JSON of the terms and of everything that they hang on. */
export const termsDigest = (
  { agreementId, provider, consumer, resourceId, resourceVersion, termsVersion }: Identity,
  terms: Terms,
): string => digestOf({ agreementId, provider, consumer, resourceId, resourceVersion, termsVersion, terms });

/** The terms on the table: what is accepted, signed and filed. */
export function currentTerms(agreement: Agreement): TermsVersion {
  const current = agreement.terms.find(({ version }) => version === agreement.termsVersion);
  if (!current) throw new Error(`agreement ${agreement.agreementId} lacks its terms version ${agreement.termsVersion}`);
  return current;
}
