import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { ComparisonTerms, Terms } from '../../../schemas/contracts/terms.ts';
import type { StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { isInForce, isOver, validityOf } from '../../reading/agreement.ts';
import { isReplaced } from '../../reading/delivery.ts';
import { termsOf, versionOf } from '../../reading/terms.ts';

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

/** Whether something that goes on under an agreement may go on, and by which terms. */
export type Standing =
  | { readonly kind: 'over' }
  /** Suspended, or outside its dates: nothing is told, and what happens meanwhile is told once it is in force again. */
  | {
      readonly kind: 'at-rest';
      /** The day on which it is in force by itself. */
      readonly until?: string;
    }
  | {
      readonly kind: 'in-force';
      readonly terms: Terms;
      readonly termsVersion: number;
      readonly resourceVersion: number;
    };

/** @param today - `YYYY-MM-DD`, in the hub's time zone */
export function standingOn(agreement: Agreement | undefined, today: string): Standing {
  if (!agreement || isOver(agreement)) return { kind: 'over' };
  const { terms, version: termsVersion, resourceVersion } = versionOf(agreement);
  if (today > terms.validTo) return { kind: 'over' };
  const validity = validityOf(agreement, today);
  if (validity === 'early') return { kind: 'at-rest', until: terms.validFrom };
  return validity === 'in-force' ? { kind: 'in-force', terms, termsVersion, resourceVersion } : { kind: 'at-rest' };
}
