import type { LookupAnswer } from '../../../schemas/contracts/lookups.ts';

/** What the terms grant of the record of a key; none, where there is no such record or it is outside the terms. */
export type ReadRecord = Readonly<Record<string, unknown>> | undefined;

/** Where several keys were asked about, a result for each; otherwise the one. */
export function answerOf(
  { lookupId, resourceId, datasetVersion, at }: Pick<LookupAnswer, 'lookupId' | 'resourceId' | 'datasetVersion' | 'at'>,
  records: readonly ReadRecord[],
  several: boolean,
): LookupAnswer {
  const results = records.map((record) => (record ? { found: true, record } : { found: false }));
  const about = { resourceId, datasetVersion, at };
  return several ? { lookupId, results, ...about } : { lookupId, ...results[0]!, ...about };
}
