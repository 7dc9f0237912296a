import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { StoredComparison } from '../../../schemas/stored/comparisons.ts';

/** What the evidence of an act on a comparison speaks of; its purpose is that of its terms version. */
export const subjectOf = (comparison: StoredComparison): Evidence['subject'] => {
  const { comparisonId, agreementId, termsVersion, resourceId, provider, consumer, comparisonKind } = comparison;
  const { reconciliationId, blind } = comparison;
  const subject = {
    comparisonId,
    ...(reconciliationId !== undefined && { reconciliationId }),
    agreementId,
    termsVersion,
    resourceId,
    provider,
    consumer,
    comparisonKind,
    ...(blind && { blind }),
  };
  if (comparison.state === 'refused') return { ...subject, refusal: comparison.refusal.code };
  if (comparison.state !== 'done') return subject;
  const { resourceVersion, datasetVersion, deliveryId } = comparison;
  return { ...subject, resourceVersion, datasetVersion, ...(deliveryId !== undefined && { deliveryId }) };
};

/** Counts alone: of a result that is withheld not even these, but that there was one. */
export function figuresOf(comparison: StoredComparison): Evidence['figures'] {
  if (comparison.state !== 'done') return { bytes: comparison.list.bytes };
  const { rows, result, withheld } = comparison;
  return {
    rows: rows.read,
    rejected: rows.rejected,
    ...(result && { hits: result.hits }),
    ...(withheld && { withheld: 1 }),
  };
}
