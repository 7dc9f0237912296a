import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { ComparisonTerms } from '../../../schemas/contracts/terms.ts';
import type { StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { isInForce } from '../../reading/agreement.ts';
import { isReplaced } from '../../reading/delivery.ts';
import { termsOf } from '../../reading/terms.ts';

/** The terms that a comparison runs under, if they are in force on that day. */
export function termsInForce(
  agreement: Agreement | undefined,
  comparison: Pick<StoredComparison, 'termsVersion'>,
  today: string,
): Outcome<ComparisonTerms, 'agreement-not-active' | 'terms-replaced'> {
  if (!agreement) return refuse('agreement-not-active');
  if (isReplaced(comparison, agreement)) return refuse('terms-replaced');
  const terms = termsOf(agreement);
  return isInForce(agreement, today) && terms.mode === 'comparison' ? done(terms) : refuse('agreement-not-active');
}
