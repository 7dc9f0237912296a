import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { csvOf } from '../../functions/datasets/csv.ts';
import { digestOfAll } from '../../functions/kernel/digest.ts';

const digest = (text: string | Buffer) => createHash('sha256').update(text).digest('base64');
const stored: Readonly<Record<string, string>> = { a: 'code\n1\n', b: '2\n', c: '3\n' };
const objectAt = (key: string) => ({ key, versionId: 'v', bytes: 2, sha256: digest(stored[key] ?? '') });
const datasetOf = (...keys: string[]) => {
  const objects = keys.map(objectAt);
  return { datasetVersion: 3, columns: ['code'], objects, sha256: digestOfAll(objects) };
};
const read =
  (texts = stored) =>
  async ({ key }: { readonly key: string }) =>
    (async function* () {
      for (const byte of Buffer.from(texts[key] ?? '')) yield Buffer.from([byte]);
    })();
async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('the digest of one piece is its own, of several that of their raw digests', () => {
  expect(digestOfAll([objectAt('a')])).toBe(digest('code\n1\n'));
  const raw = Buffer.concat(['a', 'b'].map((key) => Buffer.from(objectAt(key).sha256, 'base64')));
  expect(digestOfAll([objectAt('a'), objectAt('b')])).toBe(digest(raw));
});

test('a dataset is its objects one behind the other, each time from the beginning', async () => {
  const bytes = csvOf(datasetOf('a', 'b', 'c'), read()).input;
  expect(await textOf(bytes)).toBe('code\n1\n2\n3\n');
  expect(await textOf(bytes)).toBe('code\n1\n2\n3\n');
  expect(await textOf(csvOf(datasetOf('a'), read()).input)).toBe('code\n1\n');
});

test.each([
  ['an object has other bytes', datasetOf('a', 'b'), { ...stored, b: '9\n' }],
  ['an object is shorter', datasetOf('a', 'b'), { ...stored, a: 'code\n' }],
  ['an object is missing from it', { ...datasetOf('a', 'b', 'c'), objects: [objectAt('a'), objectAt('b')] }, stored],
  ['its objects stand in another order', { ...datasetOf('a', 'b'), objects: [objectAt('b'), objectAt('a')] }, stored],
])('it is a fault where %s', async (_, dataset, texts) => {
  await expect(textOf(csvOf(dataset, read(texts)).input)).rejects.toThrow('dataset version 3');
});

test('whoever reads may end it', async () => {
  let chunks = 0;
  const during = () => {
    chunks += 1;
    if (chunks === 3) throw new Error('enough');
  };
  await expect(textOf(csvOf(datasetOf('a'), read(), during).input)).rejects.toThrow('enough');
});
