import type { RestsOn, StoredDataset } from '../../schemas/stored/datasets.ts';

/** The agreements that a dataset rests on which was made of others; what was uploaded rests on none. */
export const restsOnOf = (dataset: Pick<StoredDataset, 'origin'> | undefined): readonly RestsOn[] =>
  dataset?.origin?.kind === 'derivation' ? dataset.origin.restsOn : [];
