import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { StoredLookup } from '../../../schemas/stored/lookups.ts';

/** What evidence about a lookup names: ids and the agreed reason, and nobody. */
export const proofAbout = ({
  resourceId,
  resourceVersion,
  agreementId,
  termsVersion,
  datasetVersion,
  lookupId,
  provider,
  consumer,
  reason,
}: StoredLookup): Evidence['subject'] => ({
  resourceId,
  resourceVersion,
  agreementId,
  termsVersion,
  datasetVersion,
  lookupId,
  provider,
  consumer,
  reason,
});
