import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';

import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { AnEndpoint, check, createdAt, until } from '../an-endpoint.ts';

const Bucket = 'intake';
let endpoint: AnEndpoint;

beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  await endpoint.aws.createBucket(Bucket, { versioned: true });
});
beforeEach(() => {
  endpoint.hubTime = () => new Date();
  endpoint.created.length = 0;
});
afterAll(() => endpoint.stop());

const content = 'a,b\n1,2\n';
const sha256 = createHash('sha256').update(content).digest('base64');

/** As the hub hands it out: exact length and SHA-256 are signed. */
function uploadUrl(Key: string, expiresIn = 60): Promise<string> {
  const command = new PutObjectCommand({ Bucket, Key, ContentLength: content.length, ChecksumSHA256: sha256 });
  return getSignedUrl(endpoint.s3(check, { requestChecksumCalculation: 'WHEN_REQUIRED' }), command, {
    expiresIn,
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    signableHeaders: new Set(['host', 'content-length']),
  });
}

const upload = (url: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'PUT', body, headers: { 'x-amz-checksum-sha256': sha256, ...headers } });

async function codeOf(response: Response): Promise<string> {
  const body = await response.text();
  return response.ok ? 'ok' : (/<Code>(.*?)<\/Code>/.exec(body)?.[1] ?? body);
}

async function stored(Prefix: string): Promise<number | undefined> {
  return (await endpoint.s3().send(new ListObjectsV2Command({ Bucket, Prefix }))).KeyCount;
}

describe('a presigned upload', () => {
  test('takes the bytes that it was signed for, and answers with their version', async () => {
    const response = await upload(await uploadUrl('上报/a b.csv'), content);
    expect([
      response.status,
      response.headers.get('x-amz-version-id'),
      response.headers.get('x-amz-checksum-sha256'),
    ]).toEqual([200, expect.stringMatching(/^[\w-]{32}$/), sha256]);
    const told = () => createdAt(endpoint, '上报/a b.csv');
    await until(() => told().length === 1);
    expect(told()[0]).toMatchObject({
      versionId: response.headers.get('x-amz-version-id'),
    });
  });

  test('used again makes another version', async () => {
    const url = await uploadUrl('again');
    const versions = [await upload(url, content), await upload(url, content)].map(({ headers }) =>
      headers.get('x-amz-version-id'),
    );
    expect(new Set(versions).size).toBe(2);
  });

  test.each<[string, (url: string) => Promise<Response>, string]>([
    ['a wrong byte', (url) => upload(url, 'a,b\n1,3\n'), 'BadDigest'],
    ['a longer body', (url) => upload(url, `${content}x`), 'SignatureDoesNotMatch'],
    ['a shorter body', (url) => upload(url, content.slice(1)), 'SignatureDoesNotMatch'],
    ['no checksum', (url) => fetch(url, { method: 'PUT', body: content }), 'SignatureDoesNotMatch'],
    [
      'another checksum',
      (url) => upload(url, content, { 'x-amz-checksum-sha256': createHash('sha256').update('x').digest('base64') }),
      'SignatureDoesNotMatch',
    ],
    ['another key', (url) => upload(url.replace('refused/', 'refused/x'), content), 'SignatureDoesNotMatch'],
    ['another method', (url) => fetch(url), 'SignatureDoesNotMatch'],
    [
      'a longer life',
      (url) => upload(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'), content),
      'SignatureDoesNotMatch',
    ],
    ['an unsigned header', (url) => upload(url, content, { 'x-amz-meta-note': 'x' }), 'AccessDenied'],
  ])('refuses %s and stores nothing', async (_, send, code) => {
    expect(await codeOf(await send(await uploadUrl('refused/a')))).toBe(code);
    expect(await stored('refused/')).toBe(0);
  });

  test('is over when the hub’s clock says so', async () => {
    const url = await uploadUrl('late/a', 60);
    endpoint.hubTime = () => new Date(Date.now() + 62_000);
    const response = await upload(url, content);
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
    endpoint.hubTime = () => new Date();
    expect(await stored('late/')).toBe(0);
  });

  test('does not count a checksum that the presigner moved into the query, as S3 does not', async () => {
    const command = new PutObjectCommand({ Bucket, Key: 'hoisted', ChecksumSHA256: sha256 });
    const url = await getSignedUrl(endpoint.s3(), command, { expiresIn: 60 });
    expect(url).toContain('x-amz-checksum-sha256');
    expect((await fetch(url, { method: 'PUT', body: 'anything else' })).status).toBe(200);
  });

  test('without a length is refused', async () => {
    const url = await getSignedUrl(endpoint.s3(), new PutObjectCommand({ Bucket, Key: 'chunked' }), { expiresIn: 60 });
    const status = await new Promise((resolve, reject) => {
      const put = request(url, { method: 'PUT', headers: { 'transfer-encoding': 'chunked' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      put.on('error', reject);
      put.end('x');
    });
    expect([status, await stored('chunked')]).toEqual([411, 0]);
  });

  test('that breaks off stores nothing', async () => {
    const url = new URL(await uploadUrl('broken/a'));
    await new Promise<void>((resolve) => {
      const socket = connect(Number(url.port), url.hostname, () => {
        const head = `PUT ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: ${content.length}\r\n`;
        socket.write(`${head}x-amz-checksum-sha256: ${sha256}\r\n\r\na,b`, () =>
          setTimeout(() => socket.destroy(), 30),
        );
      });
      socket.on('close', () => resolve());
    });
    expect(await stored('broken/')).toBe(0);
    expect(createdAt(endpoint, 'broken/a')).toEqual([]);
  });

  test('waits to be invited where the client asks (Expect: 100-continue), and is refused before the body is sent', async () => {
    const attempt = async (url: string): Promise<[boolean, number | undefined]> =>
      new Promise((resolve, reject) => {
        let invited = false;
        const headers = { expect: '100-continue', 'content-length': content.length, 'x-amz-checksum-sha256': sha256 };
        const put = request(url, { method: 'PUT', headers }, (response) => {
          response.resume();
          put.destroy();
          resolve([invited, response.statusCode]);
        });
        put.on('continue', () => {
          invited = true;
          put.end(content);
        });
        put.on('error', (error) => (invited ? reject(error) : undefined));
        put.flushHeaders();
      });
    const url = await uploadUrl('invited/a');
    expect([await attempt(url), await attempt(url.replace('invited', 'tampered'))]).toEqual([
      [true, 200],
      [false, 403],
    ]);
  });
});

describe('a presigned download', () => {
  test('gives the object under the name and type that were signed', async () => {
    await upload(await uploadUrl('download'), content);
    const command = new GetObjectCommand({
      Bucket,
      Key: 'download',
      ResponseContentType: 'text/csv; charset=utf-8',
      ResponseContentDisposition: 'attachment; filename="法人.csv"'.replace('法人', 'entities'),
    });
    const url = await getSignedUrl(endpoint.s3(), command, { expiresIn: 60 });
    const response = await fetch(url);
    expect([
      response.headers.get('content-type'),
      response.headers.get('content-disposition'),
      await response.text(),
    ]).toEqual(['text/csv; charset=utf-8', 'attachment; filename="entities.csv"', content]);
    expect((await fetch(url, { headers: { range: 'bytes=0-2' } })).status).toBe(206);
    endpoint.hubTime = () => new Date(Date.now() + 62_000);
    expect(await codeOf(await fetch(url))).toBe('AccessDenied');
  });
});
