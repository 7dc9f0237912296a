import type { Agreement, TermsVersion } from '../../../../schemas/contracts/agreements.ts';
import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import { digestOf } from '../../../kernel/digest.ts';

type Identity = Pick<
  Agreement,
  'agreementId' | 'provider' | 'consumer' | 'resourceId' | 'resourceVersion' | 'termsVersion'
>;

/** What parties sign: base64 SHA-256 of the RFC 8785 canonical JSON of the terms and of everything that they hang on. */
export const termsDigest = (
  { agreementId, provider, consumer, resourceId, resourceVersion, termsVersion }: Identity,
  terms: Terms,
): string => digestOf({ agreementId, provider, consumer, resourceId, resourceVersion, termsVersion, terms });

/** Terms that a party puts on the table, numbered and bound to what they hang on. */
export const termsVersionOf = (
  identity: Identity,
  terms: Terms,
  { by, at }: { readonly by: DepartmentId; readonly at: string },
): TermsVersion => ({
  version: identity.termsVersion,
  resourceVersion: identity.resourceVersion,
  proposedBy: by,
  proposedAt: at,
  digest: termsDigest(identity, terms),
  terms,
});
