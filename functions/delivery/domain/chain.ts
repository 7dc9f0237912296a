import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { deliveryTerms, termsOf } from '../../reading/terms.ts';

/** Whether every dataset is delivered as the edits since the one before it, so that none may be left out. */
export function isChain(agreement: Agreement): boolean {
  const terms = deliveryTerms(termsOf(agreement));
  return terms?.content === 'changes' && terms.frequency === 'on-arrival';
}
