import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { StoredDelivery } from '../../../schemas/contracts/deliveries.ts';
import type { DeliveryId, ExtractId } from '../../../schemas/contracts/ids.ts';
import type { StoredDataset } from '../../../schemas/contracts/resources.ts';
import { derivedId, digestOf } from '../../kernel/digest.ts';
import { compatible, extractSpec } from '../../records/index.ts';
import { firstLook } from './pauses.ts';
import { currentTerms, validityOf } from './validity.ts';

/** What a new dataset means to one agreement: a delivery at once, nothing before the next moment, or nothing at all. */
export type Fate = 'now' | 'wait' | 'skip';

export function fateOf(agreement: Agreement, zone: string, now: string): Fate {
  if (validityOf(agreement, zone, now) !== 'in-force') return 'skip';
  const { mode, frequency } = currentTerms(agreement);
  if (mode !== 'delivery') return 'skip';
  return frequency === 'on-arrival' ? 'now' : 'wait';
}

/** The schema that the terms were agreed on, and the one that the dataset was checked against. */
export interface Schemas {
  readonly pinned: TableSchema;
  readonly actual: TableSchema;
}

/**
 * The one delivery of a dataset under an agreement: whoever plans it, and however often, derives the same id.
 * Void from the start where a later resource version changed what the terms speak of.
 */
export function planDelivery(
  agreement: Agreement,
  dataset: StoredDataset,
  schemas: Schemas,
  now: string,
): StoredDelivery {
  const { agreementId, termsVersion, resourceId, resourceVersion, provider, consumer } = agreement;
  const { content, format } = currentTerms(agreement);
  const spec = extractSpec(currentTerms(agreement));
  const fits = compatible(spec, schemas.pinned, schemas.actual);
  return {
    deliveryId: derivedId('delivery', agreementId, termsVersion, dataset.datasetVersion) as DeliveryId,
    agreementId,
    termsVersion,
    resourceId,
    resourceVersion,
    provider,
    consumer,
    content,
    format,
    datasetVersion: dataset.datasetVersion,
    uploadId: dataset.uploadId,
    extractId: derivedId('extract', resourceId, dataset.datasetVersion, digestOf(spec)) as ExtractId,
    plannedAt: now,
    ...(fits
      ? { state: 'planned', lookAgainAt: firstLook(dataset.bytes, now) }
      : { state: 'void', voidReason: 'incompatible-version' }),
  };
}
