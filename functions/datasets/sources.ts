import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import type { AgreementId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import type { RestsOn, StoredDataset } from '../../schemas/stored/datasets.ts';
import { isOver } from '../reading/agreement.ts';
import { isGranted, isReplaced } from '../reading/delivery.ts';
import { goesBeyond } from '../reading/derivation/inheritance/problems.ts';
import { restsOnOf } from './rests-on.ts';

/** What a resource version inherits of its sources as they stand on a day; strongly consistent. */
export type InheritedOn = (
  resourceId: ResourceId,
  resourceVersion: number,
  today: string,
) => Promise<readonly InheritedTerms[]>;

/** `paused`: it may come back · `withdrawn`: for good. */
export type SourcesState = 'standing' | 'paused' | 'withdrawn';

/**
 * Whether what a dataset was derived of is granted still, at the terms by which it was cut. Whoever hands out anything of a
 * dataset asks: as long as nothing is made in its place, one whose sources are withdrawn stays the newest.
 */
export async function sourcesState(
  restsOn: readonly RestsOn[],
  agreementOf: (id: AgreementId) => Promise<Agreement | undefined>,
  today: string,
): Promise<SourcesState> {
  const found = await Promise.all(
    restsOn.map(async (source) => ({ source, agreement: await agreementOf(source.agreementId) })),
  );
  const lost = found.filter(({ source, agreement }) => !isGranted(agreement, source, today));
  if (lost.length === 0) return 'standing';
  const isForGood = lost.some(
    ({ source, agreement }) => !agreement || isOver(agreement) || isReplaced(source, agreement),
  );
  return isForGood ? 'withdrawn' : 'paused';
}

/**
 * Whether terms that were agreed on go further by now than the sources of a derived dataset allow: one of them was amended
 * since. Nothing is told under such terms before the parties agree on others.
 */
export async function exceedsSources(
  dataset: Pick<StoredDataset, 'origin' | 'resourceId' | 'resourceVersion'> | undefined,
  terms: Terms,
  inheritedOn: InheritedOn,
  today: string,
): Promise<boolean> {
  if (!dataset || restsOnOf(dataset).length === 0) return false;
  return goesBeyond(terms, await inheritedOn(dataset.resourceId, dataset.resourceVersion, today));
}

/** What has to be known of a dataset's sources to tell anything of it; all strongly consistent. */
export interface SourceFacts {
  readonly agreementOf: (id: AgreementId) => Promise<Agreement | undefined>;
  readonly inheritedOn: InheritedOn;
}

/** `beyond`: by now the terms go further than the sources allow. */
export type WithheldBySources = Exclude<SourcesState, 'standing'> | 'beyond';

/**
 * Why nothing of a dataset is told under these terms today, as far as what it was derived of goes. Whoever tells something has
 * the agreements behind it in force as a condition of its transaction, too.
 */
export async function withheldBySources(
  dataset: Pick<StoredDataset, 'origin' | 'resourceId' | 'resourceVersion'> | undefined,
  terms: Terms,
  { agreementOf, inheritedOn }: SourceFacts,
  today: string,
): Promise<WithheldBySources | undefined> {
  const state = await sourcesState(restsOnOf(dataset), agreementOf, today);
  if (state !== 'standing') return state;
  return (await exceedsSources(dataset, terms, inheritedOn, today)) ? 'beyond' : undefined;
}
