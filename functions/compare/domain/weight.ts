import { SMALL_BYTES } from '../../../schemas/contracts/messages.ts';
import type { StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { UPLOADS } from '../../records/index.ts';

/**
 * Whether a run takes a place among the large ones: both sides are read once.
 * @param resourceBytes of what the list is compared with
 */
export const isLarge = ({ list: { bytes, format } }: Pick<StoredComparison, 'list'>, resourceBytes: number): boolean =>
  bytes * UPLOADS[format].unpacked + resourceBytes > SMALL_BYTES;

/**
 * What a representation may have: with a list of the largest size and a result beside it it fits the function's own disk
 * (10 GiB), and leaves room for what is spilled.
 */
export const MAX_RESOURCE_BYTES = 3 * 1024 ** 3;

/** Which of a department's turns at large runs it takes, as its id falls. */
export const turnOf = ({ comparisonId }: Pick<StoredComparison, 'comparisonId'>, turns: number): number =>
  comparisonId.charCodeAt(comparisonId.length - 1) % turns;
