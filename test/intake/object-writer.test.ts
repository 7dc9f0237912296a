import { createHash, randomBytes } from 'node:crypto';
import {
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type GetObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readObject } from '../../functions/adapters/s3/object-reader.ts';
import { MAX_PARTS } from '../../schemas/contracts/uploads.ts';
import { MAX_FILE_BYTES } from '../../functions/intake/domain/announcement.ts';
import { openObject, PART_BYTES, partBytes } from '../../functions/adapters/s3/object-writer.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

async function contentOf(key: string, versionId?: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await readObject(aws.s3, aws.buckets.datasets, key, versionId)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const multipartUploads = async () =>
  (await aws.s3.send(new ListMultipartUploadsCommand({ Bucket: aws.buckets.datasets }))).Uploads ?? [];

test.each([
  ['nothing', 0, 1],
  ['a few bytes', 10, 3],
  ['one byte less than a part', PART_BYTES - 1, 70_000],
  ['exactly one part', PART_BYTES, 65_536],
  ['one byte more than a part', PART_BYTES + 1, 70_000],
  ['exactly two parts', 2 * PART_BYTES, PART_BYTES],
  ['chunks larger than a part', 2 * PART_BYTES + 5, 2 * PART_BYTES],
])('an object of %s comes back as it was written', async (name, size, chunk) => {
  const content = randomBytes(size);
  const writer = openObject(aws.s3, aws.buckets.datasets, name);
  for (let from = 0; from < size; from += chunk) await writer.write(content.subarray(from, from + chunk));
  const written = await writer.close();
  expect(written).toEqual({ key: name, bytes: size, versionId: expect.any(String) });
  expect(digest(await contentOf(name, written.versionId))).toBe(digest(content));
});

test('a chunk that the caller uses again afterwards is written as it was', async () => {
  const chunk = Buffer.from('first');
  const writer = openObject(aws.s3, aws.buckets.datasets, 'reused');
  await writer.write(chunk);
  chunk.write('later');
  await writer.write(chunk);
  await writer.close();
  expect((await contentOf('reused')).toString()).toBe('firstlater');
});

test('an object that is given up is never seen and leaves no parts', async () => {
  const writer = openObject(aws.s3, aws.buckets.datasets, 'given-up');
  await writer.write(randomBytes(2 * PART_BYTES + 1));
  await writer.abort();
  expect(
    (await aws.s3.send(new ListObjectsV2Command({ Bucket: aws.buckets.datasets, Prefix: 'given-up' }))).KeyCount,
  ).toBe(0);
  expect(await multipartUploads()).toEqual([]);
});

test('what sending a part met is thrown to the writer', async () => {
  const writer = openObject(aws.s3, 'no-such-bucket', 'key');
  await writer.write(randomBytes(PART_BYTES));
  await expect(
    (async () => {
      await writer.write(randomBytes(PART_BYTES + 1));
      await writer.close();
    })(),
  ).rejects.toThrow();
  await writer.abort();
});

test('a version that was asked for is read although a newer one lies over it', async () => {
  const [older] = [await put('versions', 'older'), await put('versions', 'newer')];
  expect((await contentOf('versions', older.versionId)).toString()).toBe('older');
  expect((await contentOf('versions')).toString()).toBe('newer');
});

test('reading what is not there fails at once', async () => {
  await expect(readObject(aws.s3, aws.buckets.datasets, 'absent')).rejects.toThrow();
});

test('reading goes on from the byte and the version at which the connection broke', async () => {
  const content = randomBytes(3_000_000);
  const { versionId } = await put('broken', content);
  await put('broken', 'another version');
  const asked: (string | undefined)[] = [];
  const flaky = breakingClient(1_000_000, asked);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await readObject(flaky, aws.buckets.datasets, 'broken', versionId)) chunks.push(chunk);
  expect(digest(Buffer.concat(chunks))).toBe(digest(content));
  expect(asked).toEqual([undefined, 'bytes=1000000-', 'bytes=2000000-']);
});

test('reading that gets nowhere ends with the fault', async () => {
  await put('dead', randomBytes(10));
  const read = async () => {
    for await (const _ of await readObject(breakingClient(0, []), aws.buckets.datasets, 'dead'));
  };
  await expect(read()).rejects.toThrow('connection broke');
});

/** As somebody other than the writer puts it, on top of what is there. */
async function put(Key: string, content: string | Uint8Array): Promise<{ versionId: string }> {
  const { VersionId = '' } = await aws.s3.send(
    new PutObjectCommand({ Bucket: aws.buckets.datasets, Key, Body: content }),
  );
  return { versionId: VersionId };
}

/** A client whose every answer breaks after so many bytes. */
function breakingClient(after: number, asked: (string | undefined)[]) {
  const send = async (command: GetObjectCommand) => {
    asked.push(command.input.Range);
    const answer = await aws.s3.send(command);
    return { ...answer, Body: breaking(answer.Body as AsyncIterable<Uint8Array>, after) };
  };
  return { send } as unknown as typeof aws.s3;
}

async function* breaking(body: AsyncIterable<Uint8Array>, after: number) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const content = Buffer.concat(chunks);
  yield content.subarray(0, after);
  if (content.length > after) throw new Error('connection broke');
}

test('parts are small at first and large enough for any extract of the largest file', () => {
  expect(partBytes(1)).toBe(PART_BYTES);
  const room = Array.from({ length: MAX_PARTS }, (_, index) => partBytes(index + 1)).reduce(
    (sum, part) => sum + part,
    0,
  );
  expect(room).toBeGreaterThan(1.4 * MAX_FILE_BYTES);
});
