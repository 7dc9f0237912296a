import type { Agreement, TermsVersion } from '../../../schemas/contracts/agreements.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';

/*
 * DynamoDB holds 400 KB an item. An agreement's has its terms versions, of each of the acts that can come again and again the
 * newest, and the words of at most four suspensions and a disposal; what was done and said has items of its own. So terms
 * alone can fill it, and each party has a share of its own that the other cannot use up.
 */

/** Bytes of JSON of the terms versions that one party has proposed. */
export const MAX_OWN_BYTES = 140_000;

/** What the acceptance, signatures and filing of a terms version take up at most. */
const STEPS_BYTES = 1000;

/** Of an agreement from before, whose words may still be in its item: beyond this no more terms are taken. */
const MAX_AGREEMENT_BYTES = 345_000;

const bytesOf = (value: Agreement | TermsVersion): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** An agreement to which a party has added terms, where its share had room for them. */
export function withRoom(agreement: Agreement, by: DepartmentId): Outcome<Agreement, 'negotiation-too-long'> {
  const own = agreement.terms.filter(({ proposedBy }) => proposedBy === by);
  const bytes = own.reduce((sum, version) => sum + bytesOf(version) + STEPS_BYTES, 0);
  const isFull = bytes > MAX_OWN_BYTES || bytesOf(agreement) > MAX_AGREEMENT_BYTES;
  return isFull ? refuse('negotiation-too-long') : done(agreement);
}
