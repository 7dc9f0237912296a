import type { Agreement, HistoryEntry } from '../../../schemas/contracts/agreements.ts';

/** The agreement after an act, which its history now tells; of the terms in force unless the entry names others. */
export const record = (agreement: Agreement, entry: HistoryEntry, changes: Partial<Agreement> = {}): Agreement => ({
  ...agreement,
  ...changes,
  history: [...agreement.history, { termsVersion: agreement.termsVersion, ...entry }],
});
