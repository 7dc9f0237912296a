import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { AnEndpoint, createdAt, failure, tax, until } from '../an-endpoint.ts';

let endpoint: AnEndpoint;
let s3: S3Client;

beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  await endpoint.aws.createBucket('intake', { versioned: true });
  await endpoint.aws.createBucket('plain', { versioned: false });
  s3 = endpoint.s3();
});
beforeEach(() => {
  endpoint.created.length = 0;
  endpoint.calls.length = 0;
  endpoint.denied.clear();
});
afterAll(() => endpoint.stop());

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('base64');
const put = (
  Key: string,
  Body: NonNullable<PutObjectCommandInput['Body']>,
  more: Partial<PutObjectCommandInput> = {},
  Bucket = 'intake',
) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const text = async (
  Key: string,
  more: Partial<GetObjectCommandInput> = {},
  Bucket = 'intake',
): Promise<string | undefined> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Body?.transformToString();
};

describe('put and get', () => {
  test('give back the bytes, the type, the metadata and the checksum', async () => {
    const key = '上报/2026 年+a&b<c>/file.csv';
    const { VersionId, ETag, ChecksumSHA256 } = await put(key, 'a,b\n1,2\n', {
      ContentType: 'text/csv',
      Metadata: { upload: 'u-1' },
      ChecksumSHA256: sha256('a,b\n1,2\n'),
    });
    expect({ ETag, ChecksumSHA256 }).toEqual({
      ETag: `"${createHash('sha256').update('a,b\n1,2\n').digest('hex').slice(0, 32)}"`,
      ChecksumSHA256: sha256('a,b\n1,2\n'),
    });
    const got = await s3.send(new GetObjectCommand({ Bucket: 'intake', Key: key, ChecksumMode: 'ENABLED' }));
    expect(await got.Body?.transformToString()).toBe('a,b\n1,2\n');
    expect(got).toMatchObject({ ContentType: 'text/csv', Metadata: { upload: 'u-1' }, VersionId, ChecksumSHA256 });
  });

  test('the ETag is made of the SHA-256 where one was stated, and is the MD5 otherwise, and where one was stated, too', async () => {
    const content = 'a,b\n';
    const md5 = createHash('md5').update(content);
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'intake', Key: 'etag' }));
    const unsigned = await fetch(url, { method: 'PUT', body: content });
    expect(unsigned.headers.get('etag')).toBe(`"${md5.copy().digest('hex')}"`);
    const stated = { ChecksumSHA256: sha256(content) };
    const { ETag } = await put('etag', content, stated);
    expect(ETag).toBe(`"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`);
    const both = await put('etag', content, { ...stated, ContentMD5: md5.digest('base64') });
    expect(both.ETag).toBe(unsigned.headers.get('etag'));
  });

  test('the ETag of a body with nothing but a CRC32 tells one body from another, and is no digest', async () => {
    const ChecksumCRC32 = 'DUoRhQ==';
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'intake', Key: 'etag', ChecksumCRC32 }), {
      unhoistableHeaders: new Set(['x-amz-checksum-crc32']),
    });
    const send = async () => {
      const headers = { 'x-amz-checksum-crc32': ChecksumCRC32 };
      const { status, headers: answered } = await fetch(url, { method: 'PUT', body: 'hello world', headers });
      return [status, answered.get('etag')];
    };
    const [one, other] = [await send(), await send()];
    expect([one, other]).toEqual(Array.from({ length: 2 }, () => [200, expect.stringMatching(/^"[0-9a-f]{32}"$/)]));
    expect(one).not.toEqual(other);
  });

  test('an empty object is an object', async () => {
    await put('empty', Buffer.alloc(0), { ContentLength: 0 });
    expect(await text('empty')).toBe('');
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'intake', Key: 'empty' }))).toMatchObject({
      ContentLength: 0,
    });
  });

  test('a stream of unknown digest arrives as a chunked body with a checksum in its trailer', async () => {
    const bytes = Buffer.alloc(300_000, 'streamed ');
    const { ChecksumCRC32 } = await put(
      'streamed',
      Readable.from([bytes.subarray(0, 100_001), bytes.subarray(100_001)]),
      {
        ContentLength: bytes.length,
        ChecksumAlgorithm: 'CRC32',
      },
    );
    expect(ChecksumCRC32).toMatch(/^.{6}==$/);
    expect(await text('streamed')).toBe(bytes.toString());
  });

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('the range %s', async (Range, expected, ContentRange) => {
    await put('digits', '0123456789');
    const got = await s3.send(new GetObjectCommand({ Bucket: 'intake', Key: 'digits', Range }));
    expect([await got.Body?.transformToString(), got.ContentRange, got.$metadata.httpStatusCode]).toEqual([
      expected,
      ContentRange,
      206,
    ]);
  });

  test('a range beyond the end is refused', async () => {
    await put('digits', '0123456789');
    expect(await failure(text('digits', { Range: 'bytes=10-' }))).toBe('InvalidRange');
  });

  test('conditions on the ETag', async () => {
    const { ETag } = await put('conditional', 'x');
    expect(await text('conditional', { IfMatch: ETag })).toBe('x');
    expect(await failure(text('conditional', { IfMatch: '"other"' }))).toBe('PreconditionFailed');
    await expect(text('conditional', { IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
  });
});

describe('versions', () => {
  test('an overwrite makes a new version, and each stays readable', async () => {
    const first = await put('versioned', 'one');
    const second = await put('versioned', 'two');
    expect(second.VersionId).not.toBe(first.VersionId);
    expect([
      await text('versioned'),
      await text('versioned', { VersionId: first.VersionId }),
      await text('versioned', { VersionId: second.VersionId }),
    ]).toEqual(['two', 'one', 'two']);
  });

  test('a deletion is a marker that can itself be deleted', async () => {
    const { VersionId } = await put('deleted', 'kept');
    const marker = await s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'deleted' }));
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    expect(await failure(text('deleted'))).toBe('NoSuchKey');
    expect(await text('deleted', { VersionId })).toBe('kept');
    expect(await failure(text('deleted', { VersionId: marker.VersionId }))).toBe('MethodNotAllowed');
    await s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'deleted', VersionId: marker.VersionId }));
    expect(await text('deleted')).toBe('kept');
  });

  test('deleting all versions leaves nothing', async () => {
    await put('gone/a', '1');
    await put('gone/a', '2');
    await s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'gone/a' }));
    const list = () => s3.send(new ListObjectVersionsCommand({ Bucket: 'intake', Prefix: 'gone/' }));
    const { Versions = [], DeleteMarkers = [] } = await list();
    expect([Versions.map(({ IsLatest }) => IsLatest), DeleteMarkers.map(({ IsLatest }) => IsLatest)]).toEqual([
      [false, false],
      [true],
    ]);
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket: 'intake', Delete: { Objects } }));
    expect(Deleted).toHaveLength(3);
    const left = await list();
    expect([left.Versions, left.DeleteMarkers]).toEqual([undefined, undefined]);
  });

  test('a bucket without versions overwrites and deletes for good', async () => {
    expect(await put('a', 'one', {}, 'plain')).not.toHaveProperty('VersionId');
    await put('a', 'two', {}, 'plain');
    expect(await text('a', {}, 'plain')).toBe('two');
    await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'a' }));
    expect(await failure(text('a', {}, 'plain'))).toBe('NoSuchKey');
  });

  test('If-None-Match: * writes only where there is nothing', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });
    expect(await failure(put('once', 'second', { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    expect(await text('once')).toBe('first');
    await s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'once' }));
    await put('once', 'third', { IfNoneMatch: '*' });
    expect(await text('once')).toBe('third');
  });

  test('of many writers with If-None-Match: * one wins', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) => failure(put('race', `writer ${i}`, { IfNoneMatch: '*' }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'no failure')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'PreconditionFailed')).toHaveLength(7);
  });

  test('the bucket says that it is versioned', async () => {
    const status = (Bucket: string) => s3.send(new GetBucketVersioningCommand({ Bucket }));
    expect([(await status('intake')).Status, (await status('plain')).Status]).toEqual(['Enabled', undefined]);
  });
});

describe('listing', () => {
  beforeAll(async () => {
    for (const key of ['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/é', 'l/😀', 'l/＋']) await put(key, key);
    await put('l/deleted', 'x');
    await s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'l/deleted' }));
  });

  test('is in the order of bytes, without deleted objects', async () => {
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'intake', Prefix: 'l/' }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/é', 'l/＋', 'l/😀']);
  });

  test('folds what follows the delimiter', async () => {
    const { Contents, CommonPrefixes } = await s3.send(
      new ListObjectsV2Command({ Bucket: 'intake', Prefix: 'l/', Delimiter: '/' }),
    );
    expect([Contents?.length, CommonPrefixes]).toEqual([5, [{ Prefix: 'l/b/' }]]);
  });

  test('in pages is complete and without repeats', async () => {
    const found: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({
          Bucket: 'intake',
          Prefix: 'l/',
          Delimiter: '/',
          MaxKeys: 2,
          ContinuationToken: token,
        }),
      );
      found.push(
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      );
      token = page.NextContinuationToken;
    } while (token);
    expect(found).toHaveLength(6);
    expect(new Set(found)).toEqual(new Set(['l/a', 'l/b/', 'l/c', 'l/é', 'l/😀', 'l/＋']));
  });
});

describe('digests', () => {
  test.each<[string, Partial<PutObjectCommandInput>, string]>([
    ['a wrong SHA-256', { ChecksumSHA256: sha256('other') }, 'BadDigest'],
    ['a malformed SHA-256', { ChecksumSHA256: 'short' }, 'InvalidRequest'],
    ['a wrong CRC32', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
    ['a wrong MD5', { ContentMD5: createHash('md5').update('other').digest('base64') }, 'BadDigest'],
  ])('%s stores nothing', async (_, more, code) => {
    expect(await failure(put('digest/wrong', 'content', more))).toBe(code);
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: 'intake', Prefix: 'digest/' }));
    expect([KeyCount, createdAt(endpoint, 'digest/wrong')]).toEqual([0, []]);
  });
});

describe('events', () => {
  test('tell of every new object, in order, and of nothing else', async () => {
    const first = await put('event', 'one');
    await s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'event' }));
    const second = await put('event', 'second');
    const told = () => createdAt(endpoint, 'event');
    await until(() => told().length === 2);
    expect(told()).toMatchObject([
      {
        bucket: 'intake',
        key: 'event',
        size: 3,
        versionId: first.VersionId,
        reason: 'PutObject',
        requester: tax.account,
      },
      { size: 6, versionId: second.VersionId, eTag: second.ETag?.replaceAll('"', '') },
    ]);
    const [a, b] = told().map(({ sequencer }) => sequencer);
    expect(a! < b!).toBe(true);
  });
});

describe('permissions', () => {
  test('name the action for a version apart from that for the current object', async () => {
    const { VersionId } = await put('p', 'x');
    await text('p');
    await text('p', { VersionId });
    expect(endpoint.calls.map(({ action, resource }) => [action, resource])).toEqual([
      ['s3:PutObject', 'arn:aws:s3:::intake/p'],
      ['s3:GetObject', 'arn:aws:s3:::intake/p'],
      ['s3:GetObjectVersion', 'arn:aws:s3:::intake/p'],
    ]);
  });

  test('without s3:ListBucket a missing key is not told from a forbidden one', async () => {
    endpoint.denied.add('s3:ListBucket');
    expect(await failure(text('missing'))).toBe('AccessDenied');
  });

  test('a deletion of several asks for each', async () => {
    endpoint.denied.add('s3:DeleteObject');
    const Delete = { Objects: [{ Key: 'p' }] };
    const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'intake', Delete }));
    expect(Errors).toMatchObject([{ Key: 'p', Code: 'AccessDenied' }]);
  });
});

describe('what the store cannot do honestly', () => {
  test.each([
    ['a copy', () => s3.send(new CopyObjectCommand({ Bucket: 'intake', Key: 'copy', CopySource: 'intake/p' }))],
    ['tags', () => s3.send(new PutObjectTaggingCommand({ Bucket: 'intake', Key: 'p', Tagging: { TagSet: [] } }))],
    ['an ACL', () => put('acl', 'x', { ACL: 'public-read' })],
    ['an object lock', () => put('lock', 'x', { ObjectLockLegalHoldStatus: 'ON' })],
    ['a write with If-Match', () => put('if-match', 'x', { IfMatch: '"a"' })],
  ])('is NotImplemented: %s', async (_, call) => {
    expect(await failure(call())).toBe('NotImplemented');
  });
});
