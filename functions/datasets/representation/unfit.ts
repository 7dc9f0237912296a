import type { UnfitReason } from '../../../schemas/contracts/resources.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';

/** A dataset that cannot be represented: trying again would not help. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
  readonly reason: UnfitReason;

  constructor(reason: UnfitReason, options?: ErrorOptions) {
    super(`the dataset cannot be represented: ${reason}`, options);
    this.reason = reason;
  }
}

/** What one function sorts within its quarter of an hour and its 10 GB of disk, by far (docs/decisions/2026-11-30-texts-that-compare.md). */
export const MOST_ROWS = 30_000_000;
export const MOST_BYTES = 3 * 1024 ** 3;

export function tooMuch({ rows, bytes }: Pick<StoredDataset, 'rows' | 'bytes'>): UnfitReason | undefined {
  if (rows > MOST_ROWS) return 'too-many-rows';
  return bytes > MOST_BYTES ? 'too-large' : undefined;
}
