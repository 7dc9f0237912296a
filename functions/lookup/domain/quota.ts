import type { Quota } from '../../kernel/quota.ts';

/** Of a part; there are as many as that makes, and where it makes more than 16, 16 larger ones. */
const SIZE = 1000;
export const MOST_PARTS = 16;

/**
 * A day's quota in parts that are counted by themselves, so that no single item takes every lookup of a department. Their
 * limits add up to the quota's, and under a higher one none is lower: so where other terms are filed within a day, no more
 * is taken that day than the higher of the two allows.
 */
export function partsOf({ of, day, limit }: Quota): readonly Quota[] {
  const count = Math.min(MOST_PARTS, Math.ceil(limit / SIZE));
  const limitOf = (i: number): number =>
    limit <= SIZE * MOST_PARTS
      ? Math.min(SIZE, limit - i * SIZE)
      : Math.floor(limit / count) + (i < limit % count ? 1 : 0);
  return Array.from({ length: count }, (_, i) => ({ of: `${of}#${i}`, day, limit: limitOf(i) }));
}

export interface PartUsed {
  readonly quota: Quota;
  readonly used: number;
}

/** So much is to be used up of a part. */
export interface Share {
  readonly quota: Quota;
  readonly amount: number;
}

/** Which parts have so many left together, tried from `start` on; undefined where all of them have fewer. */
export function takeFrom(parts: readonly PartUsed[], amount: number, start: number): readonly Share[] | undefined {
  const shares: Share[] = [];
  let left = amount;
  for (let i = 0; i < parts.length && left > 0; i += 1) {
    const { quota, used } = parts[(start + i) % parts.length]!;
    const some = Math.min(left, Math.max(0, quota.limit - used));
    if (some > 0) shares.push({ quota, amount: some });
    left -= some;
  }
  return left === 0 ? shares : undefined;
}
