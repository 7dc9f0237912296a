import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { startOfDay } from './calendar.ts';
import { currentTerms } from './validity.ts';

/** Whether every dataset is delivered as the edits since the one before it, so that none may be left out. */
export function isChain(agreement: Agreement): boolean {
  const { content, frequency } = currentTerms(agreement);
  return content === 'changes' && frequency === 'on-arrival';
}

/**
 * The instant at which an agreement's chain of deliveries begins: its filing at the current terms, or the start of its
 * first day if that is later. What was committed up to then is delivered as one snapshot of the newest.
 */
export function chainStart(agreement: Agreement, zone: string): string {
  const filed = agreement.history.findLast(
    ({ action, termsVersion }) => action === 'file' && termsVersion === agreement.termsVersion,
  );
  if (!filed) throw new Error(`agreement ${agreement.agreementId} was not filed at terms ${agreement.termsVersion}`);
  const opening = startOfDay(currentTerms(agreement).validFrom, zone);
  return Date.parse(filed.at) > Date.parse(opening) ? filed.at : opening;
}
