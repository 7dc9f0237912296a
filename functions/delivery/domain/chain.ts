import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { deliveryTerms, termsOf } from '../../reading/terms.ts';

/** Whether a dataset has records that no other version has: left out, they would be lost, and sent again, come twice. */
export const isEntering = ({ origin }: Pick<StoredDataset, 'origin'>): boolean =>
  origin?.kind === 'derivation' && origin.entering === true;

/** Whether every dataset is delivered as the edits since the one before it, so that none may be left out. */
export function isChain(agreement: Agreement): boolean {
  const terms = deliveryTerms(termsOf(agreement));
  return terms?.content === 'changes' && terms.frequency === 'on-arrival';
}
