import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { loosened } from '../../schemas/stored/loosened.ts';
import { StoredUpload } from '../../schemas/stored/uploads.ts';

/** What version 0.2.0 stored, one of every way that an upload can have gone, before the contract had states. */
const stored = JSON.parse(readFileSync(new URL('./stored-uploads.json', import.meta.url), 'utf8')) as Record<
  string,
  object
>;

test.each(Object.entries(stored))('what was stored is what the contract says: %s', (_, upload) => {
  expect(StoredUpload.parse(upload)).toEqual(upload);
  expect(loosened(StoredUpload).parse({ ...upload, later: 1 })).toEqual({ ...upload, later: 1 });
});

test('of an upload in one state without what belongs to it nothing is made', () => {
  const { rows: _, ...accepted } = stored['accepted'] as Record<string, unknown>;
  expect(loosened(StoredUpload).safeParse(accepted).success).toBe(false);
  const { object: __, ...received } = stored['received'] as Record<string, unknown>;
  expect(loosened(StoredUpload).safeParse(received).success).toBe(false);
});
