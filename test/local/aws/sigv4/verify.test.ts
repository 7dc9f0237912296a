import { describe, expect, test } from '@jest/globals';

import type { Principal } from '../../../../infra/local/aws/contracts.ts';
import { verifySigV4, type SignedRequest } from '../../../../infra/local/aws/sigv4/verify.ts';
import { signed as signedBy, type Signing } from './signing.ts';

const region = 'cn-north-1';
const hubTime = new Date('2027-03-01T02:00:00Z');
const realTime = new Date('2026-12-01T02:00:00Z');
/** Before the hub's clock was moved the last time. */
const earlier = new Date('2027-02-01T02:00:00Z');

const department: Principal = {
  arn: 'arn:aws:sts::123456789012:assumed-role/hub-local-dept-tax/local',
  account: '123456789012',
  accessKeyId: 'AKIATAX',
  secretAccessKey: 'secret-of-tax',
  kind: 'department',
};
const aFunction: Principal = { ...department, accessKeyId: 'AKIAFUNCTION', kind: 'function' };

const signed = (signing: Partial<Signing>): Promise<SignedRequest> =>
  signedBy({ principal: department, at: hubTime, ...signing });

const verified = (request: SignedRequest, service = 'execute-api') =>
  verifySigV4(request, (id) => [department, aFunction].find(({ accessKeyId }) => accessKeyId === id), {
    service,
    region,
    clock: () => hubTime,
    before: () => [earlier],
    realTime: () => realTime,
  });

const codeOf = (outcome: ReturnType<typeof verifySigV4>): string => (outcome.ok ? 'ok' : outcome.code);
const minutes = (count: number, from = hubTime): Date => new Date(from.getTime() + count * 60_000);

describe('accepts what the SDK signs', () => {
  test.each<[string, Partial<Signing>]>([
    ['a plain path', {}],
    ['a body', { method: 'POST', body: '{"a":"名"}' }],
    ['an escaped path, encoded twice', { path: '/v1/uploads/a%20b%2Fc' }],
    ['characters that encodeURIComponent leaves', { path: "/v1/a!b'c(d)*", query: { "x!'": '(*)' } }],
    ['query parameters in any order', { query: { z: '1', a: '2 +/=', A: '' } }],
    ['repeated inner spaces in a header', { headers: { 'x-amz-meta-note': '  two   spaces ' } }],
    ['a presigned S3 URL', { service: 's3', expiresIn: 60, path: '/bucket/a%20b/c' }],
    ['an S3 key with dot segments, which S3 keeps', { service: 's3', path: '/bucket/a/../b//c' }],
  ])('%s', async (_, signing) => {
    expect(verified(await signed(signing), signing.service)).toMatchObject({ ok: true, principal: department });
  });
});

describe('refuses', () => {
  test.each<[string, string, (request: SignedRequest) => SignedRequest, string?]>([
    ['no signature', 'MissingAuthenticationToken', (r) => ({ ...r, headers: { host: '127.0.0.1' } })],
    [
      'another scheme',
      'MissingAuthenticationToken',
      (r) => ({ ...r, headers: { ...r.headers, authorization: 'Bearer x' } }),
    ],
    ['another algorithm', 'IncompleteSignature', (r) => replaceAuthorization(r, 'SHA256', 'SHA512')],
    ['no signed headers', 'IncompleteSignature', (r) => replaceAuthorization(r, 'SignedHeaders=', 'Other=')],
    ['a malformed scope', 'IncompleteSignature', (r) => replaceAuthorization(r, '/aws4_request', '')],
    ['no date', 'IncompleteSignature', (r) => ({ ...r, headers: { ...r.headers, 'x-amz-date': undefined } })],
    [
      'a malformed date',
      'IncompleteSignature',
      (r) => ({ ...r, headers: { ...r.headers, 'x-amz-date': 'yesterday' } }),
    ],
    ['an unknown key', 'InvalidClientTokenId', (r) => replaceAuthorization(r, 'AKIATAX', 'AKIANOBODY')],
    ['another region', 'SignatureDoesNotMatch', (r) => replaceAuthorization(r, region, 'us-east-1')],
    ['another method', 'SignatureDoesNotMatch', (r) => ({ ...r, method: 'DELETE' })],
    ['another path', 'SignatureDoesNotMatch', (r) => ({ ...r, url: '/v1/you' })],
    ['another query', 'SignatureDoesNotMatch', (r) => ({ ...r, url: `${r.url}?limit=1` })],
    ['another body', 'SignatureDoesNotMatch', (r) => ({ ...r, body: 'tampered' })],
    [
      'an unsigned x-amz header',
      'SignatureDoesNotMatch',
      (r) => ({ ...r, headers: { ...r.headers, 'x-amz-late': '1' } }),
    ],
    [
      'a session token of nobody',
      'SignatureDoesNotMatch',
      (r) => ({ ...r, headers: { ...r.headers, 'x-amz-security-token': 't' } }),
    ],
    ['a malformed escape', 'IncompleteSignature', (r) => ({ ...r, url: '/v1/me?limit=%zz' })],
  ])('%s', async (_, code, tamper) => {
    expect(codeOf(verified(tamper(await signed({}))))).toBe(code);
  });

  test.each(Array.from({ length: 64 }, (_, index) => index))(
    'a signature of which one digit is another: %d',
    async (index) => {
      const change = (_: string, hex: string) =>
        `Signature=${hex.slice(0, index)}${hex[index] === '0' ? '1' : '0'}${hex.slice(index + 1)}`;
      const tampered = (request: SignedRequest): SignedRequest => ({
        ...request,
        headers: {
          ...request.headers,
          authorization: String(request.headers['authorization']).replace(/Signature=([0-9a-f]{64})/, change),
        },
      });
      expect(codeOf(verified(tampered(await signed({}))))).toBe('SignatureDoesNotMatch');
    },
  );

  test('a signature of which only the beginning is there', async () => {
    const cut = (request: SignedRequest): SignedRequest => ({
      ...request,
      headers: { ...request.headers, authorization: String(request.headers['authorization']).slice(0, -32) },
    });
    expect(codeOf(verified(cut(await signed({}))))).toBe('SignatureDoesNotMatch');
  });

  test('a wrong secret', async () => {
    const request = await signed({ principal: { ...department, secretAccessKey: 'guess' } });
    expect(codeOf(verified(request))).toBe('SignatureDoesNotMatch');
  });

  test('a signature for another service', async () => {
    expect(codeOf(verified(await signed({ service: 'sqs' })))).toBe('SignatureDoesNotMatch');
  });

  test('a session token that the principal does not have', async () => {
    const request = await signed({ principal: { ...department, sessionToken: 'stolen' } });
    expect(codeOf(verified(request))).toBe('InvalidToken');
  });

  test('a presigned URL that says to live longer than seven days', async () => {
    const request = await signed({ service: 's3', expiresIn: 60 });
    const longer = { ...request, url: request.url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801') };
    expect(codeOf(verified(longer, 's3'))).toBe('IncompleteSignature');
  });

  test('a presigned URL and an Authorization header at once', async () => {
    const presigned = await signed({ expiresIn: 60 });
    const { headers } = await signed({});
    expect(codeOf(verified({ ...presigned, headers }))).toBe('IncompleteSignature');
  });
});

describe('time', () => {
  test.each<[string, Principal, Date, string]>([
    ['a function at the hub’s time', aFunction, minutes(14), 'ok'],
    ['a function 16 minutes ahead', aFunction, minutes(16), 'RequestTimeTooSkewed'],
    ['a function 16 minutes behind', aFunction, minutes(-16), 'RequestTimeTooSkewed'],
    ['a function at real time, when the hub’s clock was moved', aFunction, realTime, 'RequestTimeTooSkewed'],
    ['a function at the time before the clock was moved', aFunction, minutes(14, earlier), 'ok'],
    ['a function 16 minutes behind that', aFunction, minutes(-16, earlier), 'RequestTimeTooSkewed'],
    ['a department at the time before the clock was moved', department, earlier, 'ok'],
    ['a department at real time', department, realTime, 'ok'],
    ['a department at the hub’s time', department, hubTime, 'ok'],
    ['a department at neither', department, minutes(60, realTime), 'RequestTimeTooSkewed'],
  ])('%s', async (_, principal, at, code) => {
    expect(codeOf(verified(await signed({ principal, at })))).toBe(code);
  });

  test.each<[string, Principal, Date, string]>([
    ['presigned by a function a minute ago', aFunction, minutes(-1), 'ok'],
    ['presigned by a function and expired by the hub’s clock', aFunction, minutes(-2), 'Request has expired'],
    ['presigned by a function before the clock was moved', aFunction, earlier, 'Request has expired'],
    ['presigned by a function at real time', aFunction, realTime, 'Request has expired'],
    ['presigned by a department at real time', department, realTime, 'ok'],
    ['presigned for the future', aFunction, minutes(16), 'Request is not yet valid'],
  ])('%s', async (_, principal, at, expected) => {
    const outcome = verified(await signed({ principal, at, service: 's3', expiresIn: 90 }), 's3');
    expect(outcome.ok ? 'ok' : outcome.message).toBe(expected);
  });
});

function replaceAuthorization(request: SignedRequest, from: string, to: string): SignedRequest {
  const authorization = String(request.headers['authorization']).replace(from, to);
  return { ...request, headers: { ...request.headers, authorization } };
}
