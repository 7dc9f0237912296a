import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import type { RestsOn, StoredDataset } from '../../../schemas/stored/datasets.ts';
import { restsOnOf } from '../../datasets/rests-on.ts';
import { sourcesState, type SourcesState } from '../../datasets/sources.ts';
import type { Facts } from '../ports.ts';

export interface Sources {
  readonly state: SourcesState;
  readonly restsOn: readonly RestsOn[];
  readonly dataset: StoredDataset | undefined;
}

/** What a delivery's dataset was derived of, and whether that is granted still. */
export async function sourcesOf(
  facts: Pick<Facts, 'dataset' | 'agreement'>,
  { resourceId, datasetVersion }: Pick<StoredDelivery, 'resourceId' | 'datasetVersion'>,
  today: string,
): Promise<Sources> {
  const dataset = await facts.dataset(resourceId, datasetVersion);
  const restsOn = restsOnOf(dataset);
  const state = await sourcesState(restsOn, async (id) => (await facts.agreement(id))?.value, today);
  return { state, restsOn, dataset };
}
