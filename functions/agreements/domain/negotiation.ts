import type { Agreement, Amendment, HistoryEntry } from '../../../schemas/contracts/agreements.ts';
import { Fault } from '../../kernel/fault.ts';
import { phaseOf } from './phase.ts';

/**
 * What is on the table to be accepted, signed and filed: the agreement itself while nothing is in force, its amendment
 * from then on. Throws where nothing is: `permit` has told its caller that something must be.
 */
export function onTheTable(agreement: Agreement): Amendment {
  const { state, amendment, agreementId } = agreement;
  if (state === 'proposed' || state === 'agreed' || state === 'signed') {
    const { termsVersion, termsDigest, resourceVersion, signatures, approvals } = agreement;
    return { state, termsVersion, termsDigest, resourceVersion, signatures, approvals };
  }
  if (!amendment) throw new Fault(`agreement ${agreementId} has nothing on the table`);
  return amendment;
}

/** The agreement after an act on what is on the table, which its history now tells. */
export const negotiate = (
  agreement: Agreement,
  entry: Omit<HistoryEntry, 'termsVersion'>,
  negotiation: Amendment,
): Agreement => ({
  ...agreement,
  ...(phaseOf(agreement) === 'in-force' ? { amendment: negotiation } : negotiation),
  history: [...agreement.history, { ...entry, termsVersion: negotiation.termsVersion }],
});
