import { GetObjectCommand, NoSuchKey, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { s3CheckedObjects } from '../../functions/adapters/s3/checked-objects.ts';
import { s3IntakeObjects } from '../../functions/adapters/s3/intake-objects.ts';
import type { PresignedPut } from '../../schemas/contracts/uploads.ts';
import { objectsContract } from '../ports/objects.contract.ts';
import { eventually } from '../support/city.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { digest } from './an-upload.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const objects = () => s3IntakeObjects(aws.s3, aws.buckets.intake);
const now = () => new Date().toISOString();
const declared = (content: Uint8Array | string) => ({ bytes: Buffer.byteLength(content), sha256: digest(content) });

/** As any HTTP client sends: the given headers, the given bytes. */
const send = async ({ url, headers }: PresignedPut, content: Uint8Array | string): Promise<number> => {
  const response = await fetch(url, { method: 'PUT', headers, body: content as string });
  await response.text();
  return response.status;
};

objectsContract('S3', () => ({
  objects: objects(),
  checked: s3CheckedObjects(aws.s3, aws.buckets.datasets),
  put: async (key, content) =>
    expect(await send(await objects().putUrl(key, declared(content), now()), content)).toBe(200),
  putPart: async (key, id, number, content) =>
    expect(await send(await objects().partUrl(key, id, number, declared(content), now()), content)).toBe(200),
  async visible(key) {
    try {
      return await (
        await aws.s3.send(new GetObjectCommand({ Bucket: aws.buckets.datasets, Key: key }))
      ).Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
}));

describe('a presigned PUT takes', () => {
  const content = 'org_code,name\n00251805-7,A\n';
  const wrong = content.replace('A', 'B');

  test('exactly the declared bytes, by plain fetch', async () => {
    const put = await objects().putUrl('uploads/quality/exact', declared(content), now());
    expect(await send(put, content)).toBe(200);
    const key = 'uploads/quality/exact';
    const [event] = await eventually(
      async () => aws.created.filter((created) => created.key === key),
      ({ length }) => length > 0,
    );
    expect(event).toMatchObject({ size: content.length, reason: 'PutObject' });
  });

  test.each([
    ['a wrong byte', (put: PresignedPut) => send(put, wrong), 400],
    [
      'a wrong byte with its own checksum',
      (put: PresignedPut) =>
        send({ ...put, headers: { ...put.headers, 'x-amz-checksum-sha256': digest(wrong) } }, wrong),
      403,
    ],
    [
      'more bytes',
      (put: PresignedPut) => send({ ...put, headers: { 'x-amz-checksum-sha256': digest(content) } }, `${content}x`),
      403,
    ],
    ['no checksum', (put: PresignedPut) => send({ ...put, headers: {} }, content), 403],
    ['another key', (put: PresignedPut) => send({ ...put, url: put.url.replace('refused', 'stolen') }, content), 403],
  ])('not %s', async (name, attempt, status) => {
    const key = `uploads/quality/refused-${name.replaceAll(' ', '-')}`;
    expect(await attempt(await objects().putUrl(key, declared(content), now()))).toBe(status);
    expect(await objects().find(key)).toBeUndefined();
  });

  test('nothing after an hour', async () => {
    const anHourAgo = new Date(Date.now() - 3_601_000).toISOString();
    expect(await send(await objects().putUrl('uploads/quality/late', declared(content), anHourAgo), content)).toBe(403);
  });
});

describe('a part URL takes', () => {
  const part = Buffer.alloc(100, 'p');
  test('the declared part, again with a fresh URL, and nothing else', async () => {
    const key = 'uploads/quality/parts';
    const id = await objects().startMultipart(key);
    expect(await send(await objects().partUrl(key, id, 1, declared(part), now()), Buffer.alloc(100, 'q'))).toBe(400);
    expect(await objects().parts(key, id)).toEqual([]);
    for (let twice = 0; twice < 2; twice++)
      expect(await send(await objects().partUrl(key, id, 1, declared(part), now()), part)).toBe(200);
    expect(await objects().parts(key, id)).toHaveLength(1);
  });
});

test('parts are told completely, though S3 lists a thousand at a time', async () => {
  const key = 'uploads/quality/many-parts';
  const UploadId = await objects().startMultipart(key);
  const numbers = Array.from({ length: 1005 }, (_, index) => index + 1);
  for (let from = 0; from < numbers.length; from += 67) {
    await Promise.all(
      numbers.slice(from, from + 67).map((PartNumber) =>
        aws.s3.send(
          new UploadPartCommand({
            Bucket: aws.buckets.intake,
            Key: key,
            UploadId,
            PartNumber,
            Body: Buffer.from('p'),
            ChecksumSHA256: digest('p'),
          }),
        ),
      ),
    );
  }
  expect((await objects().parts(key, UploadId))?.map(({ number }) => number)).toEqual(numbers);
});

test('a report is read by its URL until the URL expires', async () => {
  const checked = s3CheckedObjects(aws.s3, aws.buckets.datasets);
  const writer = checked.open('reports/r.csv');
  await writer.write(Buffer.from('line,column\n'));
  await writer.close();
  const answer = await fetch(await checked.url('reports/r.csv', 600, now()));
  expect([answer.status, await answer.text()]).toEqual([200, 'line,column\n']);
  const expired = await fetch(await checked.url('reports/r.csv', 600, new Date(Date.now() - 601_000).toISOString()));
  expect([expired.status, (await expired.text()).includes('line,column')]).toEqual([403, false]);
});
