import { Sha256 } from '@smithy/core/checksum';
import { toBase64 } from '@smithy/core/serde';
import canonicalize from 'canonicalize';
import { findVersion } from '../../functions/reading/terms.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { onTheTable } from './on-the-table.ts';

/**
 * The digest of the terms that are on the table, computed from what was read and not from what the hub says:
 * base64 SHA-256 of RFC 8785 canonical JSON (schemas/PROTOCOL.md, Agreements).
 */
export async function termsDigestOf(agreement: Agreement): Promise<string | undefined> {
  const { agreementId, provider, consumer, resourceId } = agreement;
  const { termsVersion, resourceVersion } = onTheTable(agreement);
  const terms = findVersion(agreement, termsVersion)?.terms;
  if (terms === undefined) return undefined;
  const signed = { agreementId, provider, consumer, resourceId, resourceVersion, termsVersion, terms };
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(canonicalize(signed)));
  return toBase64(await hash.digest());
}
