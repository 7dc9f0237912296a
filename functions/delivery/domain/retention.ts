import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { after } from '../../kernel/time.ts';
import { termsOf } from '../../reading/terms.ts';

/** The instant from which a delivery may not be held any more: so many days after its release as its own terms say. */
export function retainedUntil(
  agreement: Agreement,
  { termsVersion, releasedAt }: { readonly termsVersion: number; readonly releasedAt: string },
): string {
  const { retainDays } = termsOf(agreement, termsVersion).duties.disposal;
  return after(releasedAt, { days: retainDays });
}
