import { createHash } from 'node:crypto';
import { request } from 'node:http';

import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { AnEndpoint, check, tax } from '../an-endpoint.ts';
import { signed } from '../sigv4/signing.ts';

let endpoint: AnEndpoint;

beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  await endpoint.aws.createBucket('intake', { versioned: true });
});
afterAll(() => endpoint.stop());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const CHUNKED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

/** Signs a PUT with these headers and sends it with this body, whatever the two have to do with each other. */
async function put(path: string, headers: Record<string, string>, body: string): Promise<string> {
  const host = new URL(endpoint.aws.url).host;
  const { url, headers: all } = await signed({
    principal: tax,
    at: new Date(),
    service: 's3',
    method: 'PUT',
    host,
    path,
    headers,
  });
  return new Promise((resolve, reject) => {
    const sent = request(
      `${endpoint.aws.url}${url}`,
      { method: 'PUT', headers: { ...all } as Record<string, string> },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve(/<Code>(.*?)<\/Code>/.exec(Buffer.concat(chunks).toString())?.[1] ?? 'stored'),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const chunked = (length: number, trailer = 'x-amz-checksum-crc32'): Record<string, string> => ({
  'x-amz-content-sha256': CHUNKED,
  'x-amz-decoded-content-length': String(length),
  'x-amz-trailer': trailer,
});

/** CRC32 of `hello world`. */
const CRC = 'x-amz-checksum-crc32:DUoRhQ==';

describe('a chunked body', () => {
  test.each([
    ['of one chunk', 11, `b\r\nhello world\r\n0\r\n${CRC}\r\n\r\n`, 'stored'],
    ['of several chunks', 11, `5\r\nhello\r\n6\r\n world\r\n0\r\n${CRC}\r\n\r\n`, 'stored'],
    ['with a wrong checksum', 11, 'b\r\nhello wOrld\r\n0\r\n'.concat(CRC, '\r\n\r\n'), 'BadDigest'],
    ['without its trailer', 11, 'b\r\nhello world\r\n0\r\n\r\n', 'MalformedTrailerError'],
    ['shorter than it says', 12, `b\r\nhello world\r\n0\r\n${CRC}\r\n\r\n`, 'IncompleteBody'],
    ['longer than it says', 10, `b\r\nhello world\r\n0\r\n${CRC}\r\n\r\n`, 'IncompleteBody'],
    ['that breaks off within a chunk', 11, 'b\r\nhello', 'IncompleteBody'],
    ['without an end', 11, 'b\r\nhello world\r\n', 'IncompleteBody'],
    ['with bytes after its end', 11, `b\r\nhello world\r\n0\r\n${CRC}\r\n\r\nmore`, 'MalformedTrailerError'],
    ['with a size that is no number', 11, 'xyz\r\nhello world\r\n0\r\n\r\n', 'MalformedTrailerError'],
    ['with signed chunks', 11, 'b;chunk-signature=00\r\nhello world\r\n0\r\n\r\n', 'MalformedTrailerError'],
    ['with a line without end', 11, 'f'.repeat(10_000), 'MalformedTrailerError'],
  ])('%s', async (name, length, body, outcome) => {
    expect(await put(`/intake/chunked/${encodeURIComponent(name)}`, chunked(length), body)).toBe(outcome);
    // Nothing is left behind where it was refused.
    const stored = new ListObjectsV2Command({ Bucket: 'intake', Prefix: `chunked/${name}` });
    expect((await endpoint.s3().send(stored)).KeyCount).toBe(outcome === 'stored' ? 1 : 0);
  });
});

describe('a signed digest', () => {
  test.each([
    ['that is right', sha256('hello'), 'stored'],
    ['of other bytes', sha256('other'), 'XAmzContentSHA256Mismatch'],
    ['that is none', 'none', 'InvalidArgument'],
    ['of every chunk', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'NotImplemented'],
  ])('%s', async (_, digest, outcome) => {
    const headers = { 'x-amz-content-sha256': digest, 'x-amz-decoded-content-length': '5' };
    expect(await put('/intake/digest', headers, 'hello')).toBe(outcome);
  });
});

test.each([
  ['x-amz-website-redirect-location', '/elsewhere'],
  ['x-amz-server-side-encryption-customer-algorithm', 'AES256'],
  ['x-amz-storage-class', 'GLACIER'],
  ['if-match', '*'],
])('a PUT with %s is NotImplemented', async (name, value) => {
  expect(await put('/intake/beyond', { [name]: value }, 'x')).toBe('NotImplemented');
});

test('a key longer than 1,024 bytes is refused', async () => {
  expect(await put(`/intake/${'k'.repeat(1025)}`, {}, 'x')).toBe('KeyTooLongError');
});

test('a file name beyond ASCII comes back as UTF-8', async () => {
  await endpoint.s3().send(new PutObjectCommand({ Bucket: 'intake', Key: 'named', Body: 'x' }));
  const ResponseContentDisposition = 'attachment; filename="法人.csv"';
  const command = new GetObjectCommand({ Bucket: 'intake', Key: 'named', ResponseContentDisposition });
  const { headers } = await fetch(await getSignedUrl(endpoint.s3(check), command, { expiresIn: 60 }));
  const bytes = Buffer.from(headers.get('content-disposition') ?? '', 'latin1');
  expect(bytes.toString('utf8')).toBe(ResponseContentDisposition);
});
