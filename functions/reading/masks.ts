import type { Mask } from '../../schemas/contracts/terms.ts';

/** The masks that each shows no more than; of `first1` and `last4` neither shows less than the other. */
const WITHIN: Readonly<Record<Mask, readonly Mask[]>> = {
  hide: ['hide', 'first1', 'last4'],
  first1: ['first1'],
  last4: ['last4'],
};

/** Whether a value shows no more under one mask than under another; without a mask it shows all. */
export const showsWithin = (mask: Mask | undefined, most: Mask | undefined): boolean =>
  most === undefined || (mask !== undefined && WITHIN[mask].includes(most));

/** The mask that shows no more than either. */
export const stricterMask = (one: Mask, other: Mask): Mask =>
  showsWithin(one, other) ? one : showsWithin(other, one) ? other : 'hide';
