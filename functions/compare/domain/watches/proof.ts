import type { Evidence } from '../../../../schemas/contracts/evidence.ts';
import type { StoredKeyWatch } from '../../../../schemas/stored/watches.ts';
import { keysOf } from './transitions.ts';

/** What the evidence of an act on a watch speaks of. */
export function watchSubject(watch: StoredKeyWatch): Evidence['subject'] {
  const { watchId, agreementId, termsVersion, resourceId, provider, consumer } = watch;
  return {
    watchId,
    agreementId,
    termsVersion,
    resourceId,
    provider,
    consumer,
    ...('datasetVersion' in watch && watch.datasetVersion !== undefined && { datasetVersion: watch.datasetVersion }),
    ...(watch.state === 'refused' && { refusal: watch.refusal.code }),
  };
}

/** Counts alone: a digest of a short list would say which keys are on it. */
export function watchFigures(watch: StoredKeyWatch, changed?: number): Evidence['figures'] {
  const keys = watch.state === 'ended' ? watch.keys : keysOf(watch) || undefined;
  return { ...(keys !== undefined && { keys }), ...(changed !== undefined && { changed }) };
}
