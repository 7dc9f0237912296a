import type { ComparedList } from '../../../schemas/contracts/comparisons.ts';
import { SMALL_BYTES } from '../../../schemas/contracts/messages.ts';
import { UPLOADS } from '../../records/index.ts';

/** What there is to read of a list. */
export const listBytes = ({ bytes, format }: Pick<ComparedList, 'bytes' | 'format'>): number =>
  bytes * UPLOADS[format].unpacked;

/** Whether a run takes a place among the large ones: both sides are read once. */
export const isLarge = (ownBytes: number, resourceBytes: number): boolean => ownBytes + resourceBytes > SMALL_BYTES;

/**
 * What a representation may have that watches look at; `hub:comparedHereMb` is as much for comparisons, by default. With a list of
 * the largest size and a result beside it it fits the function's own disk (10 GiB), and leaves room for what is spilled.
 */
export const MAX_RESOURCE_BYTES = 3 * 1024 ** 3;
