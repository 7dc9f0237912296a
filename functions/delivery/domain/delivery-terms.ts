import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { DeliveryTerms } from '../../../schemas/contracts/terms.ts';
import { termsOf } from '../../reading/terms.ts';

/** Whether data are delivered under the terms in force; nothing is planned under any others. */
export const delivers = (agreement: Agreement): boolean => termsOf(agreement).mode === 'delivery';

/** By which terms data are delivered; throws where by none. Those in force, unless others are named. */
export function deliveryTermsOf(agreement: Agreement, number?: number): DeliveryTerms {
  const terms = termsOf(agreement, number);
  switch (terms.mode) {
    case 'delivery':
      return terms;
    default:
      return terms.mode satisfies never;
  }
}
