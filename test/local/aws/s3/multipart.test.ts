import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { AnEndpoint, check, failure, createdAt, until } from '../an-endpoint.ts';

const Bucket = 'intake';
const MIN = 5 * 1024 * 1024;
let endpoint: AnEndpoint;
let s3: S3Client;

beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  await endpoint.aws.createBucket(Bucket, { versioned: true });
  s3 = endpoint.s3(check, { requestChecksumCalculation: 'WHEN_REQUIRED' });
});
beforeEach(() => {
  endpoint.created.length = 0;
});
afterAll(() => endpoint.stop());

const big = Buffer.alloc(MIN, 'first part ');
const small = Buffer.from('last part');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');

async function begin(Key: string): Promise<{ Key: string; UploadId: string }> {
  const { UploadId = '' } = await s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
  );
  return { Key, UploadId };
}

/** Uploads a part through a URL that signs its length and checksum, as the hub hands it out. */
async function part(
  upload: { Key: string; UploadId: string },
  PartNumber: number,
  bytes: Buffer,
  sent = bytes,
): Promise<Response> {
  const command = new UploadPartCommand({
    Bucket,
    ...upload,
    PartNumber,
    ContentLength: bytes.length,
    ChecksumSHA256: sha256(bytes),
  });
  const url = await getSignedUrl(s3, command, {
    expiresIn: 60,
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    signableHeaders: new Set(['host', 'content-length']),
  });
  return fetch(url, { method: 'PUT', body: new Uint8Array(sent), headers: { 'x-amz-checksum-sha256': sha256(bytes) } });
}

async function uploaded(
  Key: string,
  parts: readonly Buffer[],
): Promise<{ Key: string; UploadId: string; Parts: CompletedPart[] }> {
  const upload = await begin(Key);
  const Parts: CompletedPart[] = [];
  for (const [index, bytes] of parts.entries()) {
    const { headers } = await part(upload, index + 1, bytes);
    Parts.push({ PartNumber: index + 1, ETag: headers.get('etag') ?? '', ChecksumSHA256: sha256(bytes) });
  }
  return { ...upload, Parts };
}

const complete = (Key: string, UploadId: string, Parts: CompletedPart[], more: object = {}) =>
  s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));

describe('a multipart upload', () => {
  test('becomes one object, whose checksum is that of the parts’ checksums', async () => {
    const { Key, UploadId, Parts } = await uploaded('m/whole', [big, small]);
    const ChecksumSHA256 = `${sha256(Buffer.concat([big, small].map((bytes) => Buffer.from(sha256(bytes), 'base64'))))}-2`;
    const done = await complete(Key, UploadId, Parts, { ChecksumSHA256, MpuObjectSize: big.length + small.length });
    expect(done).toMatchObject({
      ChecksumSHA256,
      ChecksumType: 'COMPOSITE',
      ETag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/),
    });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.concat([big, small]).equals((await got.Body?.transformToByteArray()) ?? big)).toBe(true);
    const across = await s3.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${MIN - 2}-${MIN + 3}` }));
    expect(await across.Body?.transformToString()).toBe(
      Buffer.concat([big.subarray(-2), small.subarray(0, 4)]).toString(),
    );
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }))).toMatchObject({
      ChecksumSHA256,
    });
    await until(() => createdAt(endpoint, Key).length === 1);
    expect(createdAt(endpoint, Key)).toMatchObject([
      { key: Key, reason: 'CompleteMultipartUpload', versionId: done.VersionId },
    ]);
    expect(await failure(complete(Key, UploadId, Parts))).toBe('NoSuchUpload');
  });

  test('is not visible before its completion, and gone after its abortion', async () => {
    const { Key, UploadId } = await uploaded('m/aborted', [small]);
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key })))).toBe('NotFound');
    const uploads = async () => (await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }))).Uploads;
    expect(await uploads()).toMatchObject([{ Key, UploadId }]);
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect([await uploads(), await failure(s3.send(new ListPartsCommand({ Bucket, Key, UploadId })))]).toEqual([
      undefined,
      'NoSuchUpload',
    ]);
  });

  test('keeps the last upload of a part', async () => {
    const upload = await begin('m/replaced');
    await part(upload, 1, Buffer.from('wrong'));
    const { headers } = await part(upload, 1, small);
    await complete(upload.Key, upload.UploadId, [
      { PartNumber: 1, ETag: headers.get('etag') ?? '', ChecksumSHA256: sha256(small) },
    ]);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: upload.Key }));
    expect(await Body?.transformToString()).toBe(small.toString());
  });

  test('lists its parts in pages', async () => {
    const upload = await uploaded('m/listed', [small, small, small]);
    const { Key, UploadId } = upload;
    const first = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2 }));
    const PartNumberMarker = first.NextPartNumberMarker ?? '';
    const second = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker }));
    expect([first.IsTruncated, first.Parts?.length, second.IsTruncated]).toEqual([true, 2, false]);
    expect(second.Parts).toMatchObject([
      { PartNumber: 3, Size: small.length, ChecksumSHA256: sha256(small), ETag: upload.Parts[2]?.ETag },
    ]);
  });

  test('with If-None-Match: * leaves what is there', async () => {
    const [first, second] = [await uploaded('m/once', [small]), await uploaded('m/once', [small])];
    await complete(first.Key, first.UploadId, first.Parts, { IfNoneMatch: '*' });
    expect(await failure(complete(second.Key, second.UploadId, second.Parts, { IfNoneMatch: '*' }))).toBe(
      'PreconditionFailed',
    );
  });
});

describe('a completion is refused', () => {
  test.each<[string, readonly Buffer[], (parts: CompletedPart[]) => CompletedPart[], object, string]>([
    ['without a part’s checksum', [small], ([one]) => [{ PartNumber: 1, ETag: one?.ETag ?? '' }], {}, 'InvalidRequest'],
    [
      'with a wrong checksum of a part',
      [small],
      ([one]) => [{ ...one, ChecksumSHA256: sha256(big) }],
      {},
      'InvalidPart',
    ],
    ['with a wrong ETag', [small], ([one]) => [{ ...one, ETag: '"0"' }], {}, 'InvalidPart'],
    [
      'with a part that was not uploaded',
      [small],
      (parts) => [...parts, { ...parts[0], PartNumber: 2 }],
      {},
      'InvalidPart',
    ],
    ['with parts out of order', [big, small], (parts) => parts.toReversed(), {}, 'InvalidPartOrder'],
    ['with a small part before the last', [small, small], (parts) => parts, {}, 'EntityTooSmall'],
    [
      'with a wrong checksum of the whole',
      [small],
      (parts) => parts,
      { ChecksumSHA256: `${sha256(big)}-1` },
      'BadDigest',
    ],
    ['with a wrong size of the whole', [small], (parts) => parts, { MpuObjectSize: 1 }, 'InvalidRequest'],
    ['without parts', [small], () => [], {}, 'MalformedXML'],
  ])('%s', async (_, parts, change, more, code) => {
    const { Key, UploadId, Parts } = await uploaded('m/refused', parts);
    expect(await failure(complete(Key, UploadId, change(Parts), more))).toBe(code);
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key })))).toBe('NotFound');
  });
});

describe('with CRC32', () => {
  const crc32Of = (bytes: Uint8Array): string => {
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(bytes));
    return checksum.toString('base64');
  };

  async function sent(Key: string) {
    const upload = { Bucket, Key, ChecksumAlgorithm: 'CRC32', ChecksumType: 'COMPOSITE' } as const;
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
    const ChecksumCRC32 = crc32Of(small);
    const part = { Bucket, Key, UploadId, PartNumber: 1, Body: small, ChecksumCRC32 };
    const { ETag } = await s3.send(new UploadPartCommand(part));
    return { upload: { Bucket, Key, UploadId }, part: { PartNumber: 1, ETag, ChecksumCRC32 } };
  }

  test('the whole has the checksum of the parts’ checksums', async () => {
    const { upload, part } = await sent('m/crc');
    const done = await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [part] } }));
    const ChecksumCRC32 = `${crc32Of(Buffer.from(part.ChecksumCRC32, 'base64'))}-1`;
    expect(done).toMatchObject({ ChecksumCRC32, ChecksumType: 'COMPOSITE' });
  });

  test.each([
    ['without a part’s checksum', undefined, 'InvalidRequest'],
    ['with a wrong checksum of a part', crc32Of(big), 'InvalidPart'],
  ])('a completion %s is refused', async (_, ChecksumCRC32, code) => {
    const { upload, part } = await sent('m/crc-refused');
    const Parts = [{ ...part, ChecksumCRC32 }];
    expect(await failure(s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })))).toBe(
      code,
    );
  });
});

describe('a part is refused', () => {
  test('with a wrong byte, and is not kept', async () => {
    const upload = await begin('m/wrong');
    const response = await part(upload, 1, small, Buffer.from('last parT'));
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('BadDigest')]);
    expect((await s3.send(new ListPartsCommand({ Bucket, ...upload }))).Parts).toBeUndefined();
  });

  test('without the checksum that its upload was begun with', async () => {
    const upload = await begin('m/unchecked');
    expect(await failure(s3.send(new UploadPartCommand({ Bucket, ...upload, PartNumber: 1, Body: small })))).toBe(
      'InvalidRequest',
    );
  });

  test.each([0, 10_001])('with the number %s', async (PartNumber) => {
    const upload = await begin('m/number');
    expect(await failure(s3.send(new UploadPartCommand({ Bucket, ...upload, PartNumber, Body: small })))).toBe(
      'InvalidArgument',
    );
  });
});
