import type { StoredDerivation } from '../../schemas/stored/derivations.ts';
import { department, instant, resource, sha256 } from '../support/builders.ts';

/** A run that found nothing new. */
export const aDerivation = (changes: Partial<StoredDerivation> = {}): StoredDerivation => ({
  resourceId: resource('legal-entities'),
  resourceVersion: 1,
  provider: department('quality'),
  state: 'unchanged',
  startedAt: instant,
  endedAt: instant,
  run: sha256,
  inputs: {},
  epoch: 1,
  ...changes,
});
