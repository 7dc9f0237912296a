import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { termsOf } from '../../reading/terms.ts';

const DAY_MS = 86_400_000;

/** The instant from which a delivery may not be held any more: so many days after its release as its own terms say. */
export function retainedUntil(
  agreement: Agreement,
  { termsVersion, releasedAt }: { readonly termsVersion: number; readonly releasedAt: string },
): string {
  const { retainDays } = termsOf(agreement, termsVersion).duties.disposal;
  return new Date(Date.parse(releasedAt) + retainDays * DAY_MS).toISOString();
}
