import { expect, test } from '@jest/globals';
import { nextVersion } from '../../functions/datasets/next-version.ts';
import { loosened } from '../../schemas/stored/loosened.ts';
import { StoredDataset } from '../../schemas/stored/datasets.ts';
import { aResource, aStoredDataset, anId, instant, sha256 } from '../support/builders.ts';

const object = { key: 'datasets/d', versionId: 'v9', bytes: 40, sha256 };
const written = { columns: ['org_code'], rows: 2, bytes: 40, sha256, objects: [object] };

test.each(['upload', 'records'] as const)('the version after the one in force says what it was made of: %s', (kind) => {
  const head = aResource({ datasetVersion: 7 });
  const origin = { kind, uploadId: anId(500) };
  const next = nextVersion(head, { origin, sequence: 3, resourceVersion: 1, written }, instant);
  expect(next).toMatchObject({ head, sequence: 3 });
  expect(StoredDataset.parse(next.dataset)).toEqual({
    resourceId: 'legal-entities',
    resourceVersion: 1,
    datasetVersion: 8,
    provider: 'quality',
    uploadId: origin.uploadId,
    origin,
    rows: 2,
    bytes: 40,
    sha256,
    columns: ['org_code'],
    objects: [object],
    committedAt: instant,
  });
});

test('one from before origins were written down is read as it is', () => {
  const { origin: _none, ...earlier } = aStoredDataset();
  expect(loosened(StoredDataset).parse(earlier)).toEqual(earlier);
});
