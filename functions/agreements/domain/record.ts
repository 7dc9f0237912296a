import type { Agreement, HistoryEntry } from '../../../schemas/contracts/agreements.ts';

type Entry = Omit<HistoryEntry, 'termsVersion'>;

/** The agreement after an act, which its history now tells. */
export const record = (agreement: Agreement, entry: Entry, changes: Partial<Agreement>): Agreement => ({
  ...agreement,
  ...changes,
  history: [...agreement.history, { ...entry, termsVersion: agreement.termsVersion }],
});
