import { findVersion } from '../../functions/reading/terms.ts';
import type { Agreement, Amendment } from '../../schemas/contracts/agreements.ts';

/** Terms that are to be accepted, signed and filed; where nothing is negotiated, those in force or last in force. */
export type OnTheTable = Pick<
  Amendment,
  'termsVersion' | 'termsDigest' | 'resourceVersion' | 'signatures' | 'approvals' | 'consents'
>;

/** The amendment where one is under way, the agreement's own terms otherwise (schemas/PROTOCOL.md, Agreements). */
export const onTheTable = (agreement: Agreement): OnTheTable => agreement.amendment ?? agreement;

/** The party that accepts what is on the table: the one that did not propose it. */
export function accepting(agreement: Agreement): Agreement['provider'] {
  const { consumer, provider } = agreement;
  return findVersion(agreement, onTheTable(agreement).termsVersion)?.proposedBy === consumer ? provider : consumer;
}
