import type { ListCounts, ListRows, ResultChanges } from '../../../schemas/contracts/comparisons.ts';
import type { DeliveryId, ExtractId } from '../../../schemas/contracts/ids.ts';
import type { ViolationCount } from '../../../schemas/contracts/uploads.ts';
import type { ComparisonIn } from '../../../schemas/stored/comparisons.ts';
import type { StoredExtract } from '../../../schemas/stored/delivery.ts';
import { derivedId } from '../../kernel/digest.ts';
import { after } from '../../kernel/time.ts';
import type { Released } from '../../reading/released.ts';
import type { Running } from './begin.ts';

/** What a run found of a list. */
type Found = { readonly rows: ListRows; readonly rejections: readonly ViolationCount[] } & (
  | {
      readonly verdict: 'compared';
      readonly counts?: ListCounts | undefined;
      readonly changes?: ResultChanges | undefined;
      readonly hits: number;
    }
  | { readonly verdict: 'withheld' }
);

/** Whoever finishes a comparison, and however often, derives the same ids: it has one result. */
export const resultIds = ({ comparisonId }: Pick<Running, 'comparisonId'>) => ({
  deliveryId: derivedId('comparison', comparisonId) as DeliveryId,
  extractId: derivedId('comparison-result', comparisonId) as ExtractId,
});

/** The comparison with what its run found, without the key of a blind one; of a result that is told, with its delivery. */
export function finished(running: Running, resourceVersion: number, found: Found, at: string): ComparisonIn<'done'> {
  const {
    leaseUntil: _lease,
    progress: _said,
    lookAgainAt: _mark,
    startedAt: _began,
    sealedKey: _key,
    ...comparison
  } = running;
  const { rows, rejections } = found;
  return {
    ...comparison,
    state: 'done',
    finishedAt: at,
    resourceVersion,
    rows,
    ...(rejections.length > 0 && { rejections: [...rejections] }),
    ...(found.verdict === 'withheld'
      ? { withheld: true as const }
      : {
          result: {
            hits: found.hits,
            ...(found.counts && { counts: found.counts }),
            ...(found.changes && { changes: found.changes }),
          },
          deliveryId: resultIds(comparison).deliveryId,
        }),
    lookAgainAt: at,
  };
}

export interface StoredResult {
  readonly delivery: Released;
  readonly extract: StoredExtract;
}

/** When the sweeper of deliveries looks whether the notice went out. */
const NOTICE = { minutes: 1 };

/** The result as a delivery like any other, granted as it is made. */
export function resultOf(
  comparison: ComparisonIn<'done'>,
  { rows, bytes, sha256 }: Pick<StoredExtract, 'rows' | 'bytes' | 'sha256'>,
  object: StoredExtract['object'],
): StoredResult {
  const { comparisonId, agreementId, termsVersion, resourceId, resourceVersion, datasetVersion } = comparison;
  const { provider, consumer, resultFormat: format, finishedAt: at } = comparison;
  const { deliveryId, extractId } = resultIds(comparison);
  const written = { format, rows, bytes, sha256 };
  return {
    delivery: {
      deliveryId,
      comparisonId,
      agreementId,
      termsVersion,
      resourceId,
      resourceVersion,
      datasetVersion,
      provider,
      consumer,
      content: 'snapshot',
      state: 'released',
      plannedAt: at,
      releasedAt: at,
      extractId,
      ...written,
      lookAgainAt: after(at, NOTICE),
    },
    extract: { extractId, resourceId, datasetVersion, ...written, object, grants: 1, state: 'ready' },
  };
}
