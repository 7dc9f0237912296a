import type { StoredRepresentation } from '../../../schemas/stored/datasets.ts';

/** Every attempt writes to a folder of its own, so that nobody who reads one finds there what another left. */
export const representationKey = ({
  resourceId,
  datasetVersion,
  epoch,
}: Pick<StoredRepresentation, 'resourceId' | 'datasetVersion' | 'epoch'>): string =>
  `representations/${resourceId}/${datasetVersion}/${epoch}/records.parquet`;
