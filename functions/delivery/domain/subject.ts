import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';

/** What the evidence of an act on a delivery speaks of: whose data, for whom, which version of what. */
export const subjectOf = ({
  resourceId,
  resourceVersion,
  agreementId,
  termsVersion,
  datasetVersion,
  deliveryId,
  comparisonId,
  provider,
  consumer,
}: StoredDelivery): Evidence['subject'] => ({
  resourceId,
  resourceVersion,
  agreementId,
  termsVersion,
  datasetVersion,
  deliveryId,
  ...(comparisonId !== undefined && { comparisonId }),
  provider,
  consumer,
});
