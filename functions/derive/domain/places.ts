import type { StoredDerivation } from '../../../schemas/stored/derivations.ts';

type Attempt = Pick<StoredDerivation, 'resourceId' | 'epoch'>;

/** Where an attempt writes its dataset; nobody reads there before it is committed. */
export const derivedKey = ({ resourceId, epoch }: Attempt): string => `datasets/${resourceId}/derived/${epoch}.csv`;

export const enteredKey = ({ resourceId, epoch }: Attempt): string =>
  `datasets/${resourceId}/derived/${epoch}-entered.parquet`;
