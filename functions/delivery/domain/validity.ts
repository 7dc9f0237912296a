import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import { dayIn } from '../../kernel/day.ts';

/** `ended` for good; `early` becomes `in-force` by itself on the first day of validity, `suspended` once nobody suspends. */
export type Validity = 'in-force' | 'early' | 'suspended' | 'ended';

/** The terms of one version, whether they are in force or not. Throws where the agreement lacks them. */
export function termsOf(agreement: Agreement, termsVersion: number): Terms {
  const found = agreement.terms.find(({ version }) => version === termsVersion);
  if (!found) throw new Error(`agreement ${agreement.agreementId} has no terms version ${termsVersion}`);
  return found.terms;
}

/** The terms that an agreement's current version names. Throws where the agreement lacks them. */
export const currentTerms = (agreement: Agreement): Terms => termsOf(agreement, agreement.termsVersion);

/** Whether an agreement grants anything on the day of `now` in the hub's time zone; both validity dates are inclusive. */
export function validityOf(agreement: Agreement, zone: string, now: string): Validity {
  if (agreement.state !== 'active' && agreement.state !== 'suspended') return 'ended';
  const terms = currentTerms(agreement);
  const today = dayIn(zone, now);
  if (today > terms.validTo) return 'ended';
  if (agreement.state === 'suspended') return 'suspended';
  return today < terms.validFrom ? 'early' : 'in-force';
}

/** Whether a delivery's own terms are those in force today: only then may it be told of, or fetched. */
export const isInForce = (
  agreement: Agreement | undefined,
  { termsVersion }: { readonly termsVersion: number },
  zone: string,
  now: string,
): boolean => agreement?.termsVersion === termsVersion && validityOf(agreement, zone, now) === 'in-force';
