import type { RepresentationIn } from '../../schemas/stored/datasets.ts';
import { instant, resource, sha256 } from '../support/builders.ts';

export const aRepresentation = (changes: Partial<RepresentationIn<'made'>> = {}): RepresentationIn<'made'> => ({
  resourceId: resource('legal-entities'),
  datasetVersion: 1,
  form: 'parquet',
  epoch: 1,
  state: 'made',
  columns: [{ field: 'org_code', text: 't0' }],
  keyFields: ['org_code'],
  rows: 1,
  values: '0'.repeat(32),
  object: { key: 'representations/legal-entities/1/1/records.parquet', versionId: 'v1', bytes: 64, sha256 },
  tail: { bytes: 32, sha256 },
  madeAt: instant,
  holds: 0,
  ...changes,
});
