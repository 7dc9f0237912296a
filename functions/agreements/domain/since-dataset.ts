import type { Agreement, AgreementAction } from '../../../schemas/contracts/agreements.ts';

/** What puts terms in force, or lets them be in force again. */
const begins: ReadonlySet<AgreementAction> = new Set(['file', 'resume']);

const newEntries = (before: Agreement, after: Agreement) => after.history.slice(before.history.length);

/** Whether an act begins what its consumer gets. */
export const beginsToDeliver = (before: Agreement, after: Agreement): boolean =>
  newEntries(before, after).some(({ action }) => begins.has(action));

/** The agreement after such an act, whose history says which dataset was in force: with it begins what is delivered. */
export const sinceDataset = (before: Agreement, after: Agreement, datasetVersion: number): Agreement => ({
  ...after,
  history: [
    ...before.history,
    ...newEntries(before, after).map((entry) => (begins.has(entry.action) ? { ...entry, datasetVersion } : entry)),
  ],
});
