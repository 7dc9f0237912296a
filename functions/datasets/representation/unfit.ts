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

/**
 * Twice what was measured (docs/decisions/2026-11-30-texts-that-compare.md), in rows; in bytes what fits on 10 GB of disk: the table of
 * texts is nearly twice as large, and its sort may spill 5 GB.
 */
export const MOST_ROWS = 20_000_000;
export const MOST_BYTES = 2 * 1024 ** 3;

export function tooMuch({ rows, bytes }: Pick<StoredDataset, 'rows' | 'bytes'>): UnfitReason | undefined {
  if (rows > MOST_ROWS) return 'too-many-rows';
  return bytes > MOST_BYTES ? 'too-large' : undefined;
}
