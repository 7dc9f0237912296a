import type { Agreement, Terms } from '../../../schemas/contracts/agreements.ts';
import { dayIn } from '../../kernel/day.ts';

/** `ended` for good; `early` becomes `in-force` by itself on the first day of validity. */
export type Validity = 'in-force' | 'early' | 'ended';

/** The terms that an agreement's current version names. Throws where the agreement lacks them. */
export function currentTerms(agreement: Agreement): Terms {
  const current = agreement.terms.find(({ version }) => version === agreement.termsVersion);
  if (!current) throw new Error(`agreement ${agreement.agreementId} has no terms version ${agreement.termsVersion}`);
  return current.terms;
}

/** Whether an agreement grants anything on the day of `now` in the hub's time zone; both validity dates are inclusive. */
export function validityOf(agreement: Agreement, zone: string, now: string): Validity {
  if (agreement.state !== 'active') return 'ended';
  const terms = currentTerms(agreement);
  const today = dayIn(zone, now);
  if (today > terms.validTo) return 'ended';
  return today < terms.validFrom ? 'early' : 'in-force';
}
