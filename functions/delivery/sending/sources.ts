import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import type { RestsOn } from '../../../schemas/stored/datasets.ts';
import { restsOnOf } from '../../datasets/rests-on.ts';
import { isOver } from '../../reading/agreement.ts';
import { isGranted, isReplaced } from '../../reading/delivery.ts';
import type { Facts } from '../ports.ts';

export interface Sources {
  /** `paused`: it may come back · `withdrawn`: for good. */
  readonly state: 'standing' | 'paused' | 'withdrawn';
  readonly restsOn: readonly RestsOn[];
}

/** Whether what a delivery's dataset was derived of is granted still, at the terms by which it was cut. */
export async function sourcesOf(
  facts: Pick<Facts, 'dataset' | 'agreement'>,
  { resourceId, datasetVersion }: Pick<StoredDelivery, 'resourceId' | 'datasetVersion'>,
  today: string,
): Promise<Sources> {
  const restsOn = restsOnOf(await facts.dataset(resourceId, datasetVersion));
  const found = await Promise.all(
    restsOn.map(async (source) => ({ source, agreement: (await facts.agreement(source.agreementId))?.value })),
  );
  const lost = found.filter(({ source, agreement }) => !isGranted(agreement, source, today));
  if (lost.length === 0) return { state: 'standing', restsOn };
  const isForGood = lost.some(
    ({ source, agreement }) => !agreement || isOver(agreement) || isReplaced(source, agreement),
  );
  return { state: isForGood ? 'withdrawn' : 'paused', restsOn };
}
