import type { Agreement, Amendment, HistoryEntry } from '../../../schemas/contracts/agreements.ts';
import { Fault } from '../../kernel/fault.ts';
import { isFiled, onTheTable } from '../../reading/agreement.ts';

/** What is on the table. Throws where nothing is: `permit` has told its caller that something must be. */
export function negotiationOf(agreement: Agreement): Amendment {
  const negotiation = onTheTable(agreement);
  if (!negotiation) throw new Fault(`agreement ${agreement.agreementId} has nothing on the table`);
  return negotiation;
}

/** The agreement after an act on what is on the table, which its history now tells. */
export const negotiate = (
  agreement: Agreement,
  entry: Omit<HistoryEntry, 'termsVersion'>,
  negotiation: Amendment,
): Agreement => ({
  ...agreement,
  ...(isFiled(agreement) ? { amendment: negotiation } : negotiation),
  history: [...agreement.history, { ...entry, termsVersion: negotiation.termsVersion }],
});
