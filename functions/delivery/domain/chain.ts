import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { deliveryTermsOf } from './delivery-terms.ts';

/** Whether every dataset is delivered as the edits since the one before it, so that none may be left out. */
export function isChain(agreement: Agreement): boolean {
  const { content, frequency } = deliveryTermsOf(agreement);
  return content === 'changes' && frequency === 'on-arrival';
}
