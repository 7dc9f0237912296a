import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type GetObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { s3Client } from '../../functions/adapters/s3/client.ts';
import { readObject } from '../../functions/adapters/s3/object-reader.ts';
import { MAX_PARTS } from '../../schemas/contracts/uploads.ts';
import { MAX_FILE_BYTES } from '../../functions/intake/domain/announcement.ts';
import { openObject, PART_BYTES, partBytes } from '../../functions/adapters/s3/object-writer.ts';
import { ofThisProcess, type Room, roomFor } from '../../functions/adapters/s3/parts-in-flight.ts';
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

const SIX_PARTS = 6 * PART_BYTES;
const ROOM = roomFor(3 * PART_BYTES);

test.each<[string, (waiting: number) => number, Room | undefined]>([
  ['in the order in which they were sent', () => 0, ROOM],
  ['in the opposite order', (waiting) => waiting - 1, ROOM],
  ['in the room that a process has for all its objects', () => 0, undefined],
])('parts go side by side within the room for them and arrive %s', async (name, next, room) => {
  const content = randomBytes(SIX_PARTS);
  const line = heldUp();
  const writer = openObject(line.client, aws.buckets.datasets, name, room);
  const writing = writer.write(content).then(() => writer.close());
  const most: number[] = [];
  for (let arrived = 0; arrived < 6; arrived += 1) {
    await line.until(Math.min(3, 6 - arrived));
    most.push(line.waiting.length);
    line.waiting.splice(next(line.waiting.length), 1)[0]?.();
  }
  const { versionId } = await writing;
  expect(most).toEqual([3, 3, 3, 3, 2, 1]);
  expect(digest(await contentOf(name, versionId))).toBe(digest(content));
  expect([ROOM.taken, ofThisProcess.taken]).toEqual([0, 0]);
});

test('an object sends a part also while others take all the room', async () => {
  const room = { ...roomFor(PART_BYTES), taken: PART_BYTES };
  const writer = openObject(aws.s3, aws.buckets.datasets, 'crowded', room);
  await writer.write(randomBytes(3 * PART_BYTES));
  expect((await writer.close()).bytes).toBe(3 * PART_BYTES);
  expect(room.taken).toBe(PART_BYTES);
});

test('a part that fails while others are on their way ends the object with its cause, and nothing stays', async () => {
  const line = heldUp({ 2: new Error('no room on the disk') });
  const writer = openObject(line.client, aws.buckets.datasets, 'failing', roomFor(SIX_PARTS));
  await writer.write(randomBytes(SIX_PARTS));
  await line.until(4);
  await expect(writer.close()).rejects.toThrow('no room on the disk');
  await expect(writer.write(Buffer.from('more'))).rejects.toThrow('no room on the disk');
  // They are broken off, not waited for: nobody lets them go.
  await writer.abort();
  expect(await multipartUploads()).toEqual([]);
});

test('an object that is given up breaks off all parts on their way', async () => {
  const line = heldUp();
  const writer = openObject(line.client, aws.buckets.datasets, 'broken-off', roomFor(SIX_PARTS));
  await writer.write(randomBytes(SIX_PARTS));
  await line.until(5);
  await writer.abort();
  expect(await multipartUploads()).toEqual([]);
  await expect(writer.write(Buffer.from('more'))).rejects.toThrow('given up');
});

/** A client whose parts wait until they are let go or broken off; those of some numbers fail at once. */
function heldUp(failing: Readonly<Record<number, Error>> = {}) {
  const waiting: (() => void)[] = [];
  let told = () => {};
  const send = async (command: UploadPartCommand, options?: { abortSignal?: AbortSignal }) => {
    if (!(command instanceof UploadPartCommand)) return aws.s3.send(command);
    const fault = failing[command.input.PartNumber ?? 0];
    if (fault) throw fault;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    options?.abortSignal?.addEventListener('abort', () => reject(options.abortSignal?.reason));
    waiting.push(resolve);
    told();
    await promise;
    return aws.s3.send(command, options);
  };
  const until = async (count: number) => {
    while (waiting.length < count) await new Promise<void>((resolve) => (told = resolve));
  };
  return { client: { send } as unknown as typeof aws.s3, waiting, until };
}

type Source = string | ArrayBuffer | ArrayBufferView;

function bufferOf(data: Source): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}

test('the bytes of an object are not digested again for the signature of its requests', async () => {
  let digested = 0;
  class Counting {
    readonly hash;
    constructor(secret?: Source) {
      this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bufferOf(secret));
    }
    update(data: Source) {
      digested += bufferOf(data).length;
      this.hash.update(bufferOf(data));
    }
    digest = () => Promise.resolve(new Uint8Array(this.hash.digest()));
    reset() {}
  }
  const client = new S3Client({ sha256: Counting, requestChecksumCalculation: 'WHEN_REQUIRED' });
  for (const size of [PART_BYTES, 2 * PART_BYTES]) {
    const writer = openObject(client, aws.buckets.datasets, `digested-${size}`);
    await writer.write(randomBytes(size));
    await writer.close();
  }
  client.destroy();
  expect(digested).toBeGreaterThan(0);
  expect(digested).toBeLessThan(100_000);
});

test.each([
  ['an object of one part', PART_BYTES],
  ['a part', PART_BYTES + 1],
])('%s whose bytes change on their way is refused, and nothing stays', async (name, size) => {
  const client = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  client.middlewareStack.add(
    (next) => (args) => {
      const { body } = args.request as { body?: unknown };
      if (body instanceof Uint8Array && body.length === PART_BYTES) body[17] = (body[17] ?? 0) ^ 1;
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const writer = openObject(client, aws.buckets.datasets, name);
  await writer.write(randomBytes(size));
  await expect(writer.close()).rejects.toMatchObject({ name: 'BadDigest' });
  await writer.abort();
  client.destroy();
  const { KeyCount } = await aws.s3.send(new ListObjectsV2Command({ Bucket: aws.buckets.datasets, Prefix: name }));
  expect([KeyCount, await multipartUploads()]).toEqual([0, []]);
});

test('a part goes with its request, without asking first whether it may', async () => {
  const asked: (string | undefined)[] = [];
  const client = s3Client();
  client.middlewareStack.add(
    (next) => (args) => {
      asked.push((args.request as { headers: Record<string, string> }).headers['Expect']);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const writer = openObject(client, aws.buckets.datasets, 'at-once');
  await writer.write(randomBytes(PART_BYTES + 1));
  await writer.close();
  client.destroy();
  expect(asked).toEqual([undefined, undefined, undefined, undefined]);
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
