import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { DeliveryId, ExtractId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { derivedId, digestOf } from '../../kernel/digest.ts';
import { dayIn } from '../../kernel/time.ts';
import { isInForce } from '../../reading/agreement.ts';
import { termsOf } from '../../reading/terms.ts';
import { extractSpec, fitsTerms, type Schemas } from '../../records/index.ts';
import { delivers, deliveryTermsOf } from './delivery-terms.ts';
import { firstLook } from './pauses.ts';

/** What a new dataset means to one agreement: a delivery at once, nothing before the next moment, or nothing at all. */
export type Fate = 'now' | 'wait' | 'skip';

export function fateOf(agreement: Agreement, timeZone: string, now: string): Fate {
  if (!isInForce(agreement, dayIn(timeZone, now))) return 'skip';
  if (!delivers(agreement)) return 'skip';
  return deliveryTermsOf(agreement).frequency === 'on-arrival' ? 'now' : 'wait';
}

/** Whether a dataset still means what was agreed. */
export const fits = (agreement: Agreement, schemas: Schemas): boolean => fitsTerms(termsOf(agreement), schemas);

/** Whoever plans the delivery of a dataset version, and however often, derives the same id. */
export const deliveryIdOf = (
  { agreementId, termsVersion }: Pick<Agreement, 'agreementId' | 'termsVersion'>,
  datasetVersion: number,
): DeliveryId => derivedId('delivery', agreementId, termsVersion, datasetVersion) as DeliveryId;

/**
 * The one delivery of a dataset under an agreement: the whole, or the edits since dataset version `base`.
 * Void from the start where a later resource version changed what the terms speak of.
 */
export function planDelivery(
  agreement: Agreement,
  dataset: StoredDataset,
  schemas: Schemas,
  now: string,
  base?: number,
): StoredDelivery {
  const { agreementId, termsVersion, resourceId, resourceVersion, provider, consumer } = agreement;
  const { datasetVersion, uploadId, bytes } = dataset;
  const terms = deliveryTermsOf(agreement);
  return {
    deliveryId: deliveryIdOf(agreement, datasetVersion),
    agreementId,
    termsVersion,
    resourceId,
    resourceVersion,
    provider,
    consumer,
    content: base === undefined ? 'snapshot' : 'changes',
    ...(base !== undefined && { baseDatasetVersion: base }),
    format: terms.format,
    datasetVersion,
    uploadId,
    extractId: extractIdOf(resourceId, datasetVersion, base, extractSpec(terms)),
    plannedAt: now,
    ...(fits(agreement, schemas)
      ? { state: 'planned', lookAgainAt: firstLook(base === undefined ? bytes : 2 * bytes, now) }
      : { state: 'void', voidReason: 'incompatible-version' }),
  };
}

/** Equal terms share the bytes: of a whole dataset, or of the edits between the same two. */
const extractIdOf = (
  resourceId: ResourceId,
  datasetVersion: number,
  base: number | undefined,
  spec: ExtractSpec,
): ExtractId =>
  (base === undefined
    ? derivedId('extract', resourceId, datasetVersion, digestOf(spec))
    : derivedId('changes', resourceId, datasetVersion, base, digestOf(spec))) as ExtractId;
