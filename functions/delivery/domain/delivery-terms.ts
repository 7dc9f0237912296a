import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { DeliveryTerms } from '../../../schemas/contracts/terms.ts';
import { Fault } from '../../kernel/fault.ts';
import { deliveryTerms, termsOf } from '../../reading/terms.ts';

/** Whether data are delivered under the terms in force; nothing is planned under any others. */
export const delivers = (agreement: Agreement): boolean => deliveryTerms(termsOf(agreement)) !== undefined;

/** By which terms data are delivered; throws where by none. Those in force, unless others are named. */
export function deliveryTermsOf(agreement: Agreement, number?: number): DeliveryTerms {
  const terms = deliveryTerms(termsOf(agreement, number));
  if (!terms) throw new Fault(`agreement ${agreement.agreementId} delivers nothing of itself`);
  return terms;
}
