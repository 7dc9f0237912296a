import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { api, type ApiPorts } from '../../functions/kernel/api/api.ts';
import { endpoint } from '../../functions/kernel/endpoint.ts';
import { csvOf } from '../../functions/kernel/api/csv.ts';
import { done, refuse } from '../../functions/kernel/outcome.ts';
import { openApiDocument } from '../../schemas/contracts/openapi/document.ts';
import { everyone, route } from '../../schemas/contracts/routes/route.ts';
import { callApi, testHub } from '../support/memory/api-call.ts';
import { recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';

const Item = z.strictObject({
  name: z.string(),
  count: z.int().optional(),
  inner: z.strictObject({ a: z.string(), b: z.array(z.string()).optional() }).optional(),
  mask: z.record(z.string(), z.string()).optional(),
});
const List = z.strictObject({ items: z.array(Item), cursor: z.string().optional() });
const linesOf = (csv: string) => csv.slice(1).split('\r\n').slice(0, -1);

describe('a list as CSV', () => {
  test('begins with the mark by which spreadsheets know UTF-8, and ends its lines as RFC 4180 says', () => {
    expect(csvOf([{ name: '王' }], List)).toBe('\ufeffname,count,inner.a,inner.b\r\n王,,,\r\n');
  });
  test('has the columns of its schema also where it has no items', () => {
    expect(linesOf(csvOf([], List))).toEqual(['name,count,inner.a,inner.b']);
  });
  test('takes objects apart, joins lists, and adds columns for the members of maps', () => {
    const item = { name: 'x', count: 7, inner: { a: '1', b: ['p', 'q'] }, mask: { phone: 'last4' } };
    expect(linesOf(csvOf([item], List))).toEqual(['name,count,inner.a,inner.b,mask.phone', 'x,7,1,p; q,last4']);
  });
  test.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'a"b', '"a""b"'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a formula', '=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
    ['a sum', '+1', "'+1"],
    ['a difference', '-1+2', "'-1+2"],
    ['a function', '@SUM(A1)', "'@SUM(A1)"],
    ['a formula behind a tab', '\t=1', "'\t=1"],
    ['a formula behind a line break', '\n=1', '"\'\n=1"'],
    ['a formula in full width', '＝1＋1', "'＝1＋1"],
    ['a function in full width', '＠SUM(A1)', "'＠SUM(A1)"],
    ['a formula in a list of words', ['=1', 'x'], "'=1; x"],
    ['an object in a list', [{ op: 'eq' }], '"{""op"":""eq""}"'],
    ['a negative number', -5, '-5'],
    ['a truth', true, 'true'],
    ['nothing', null, ''],
  ])('writes %s so that nothing runs and nothing is lost', (_, value, cell) => {
    const list = z.strictObject({ items: z.array(z.strictObject({ value: z.unknown() })) });
    expect(csvOf([{ value }], list)).toBe(`\ufeffvalue\r\n${cell}\r\n`);
  });
  test('a name that comes from data is guarded as well', () => {
    expect(linesOf(csvOf([{ name: 'x', mask: {} }, { '=cmd': 1 }], List))[0]).toBe("name,count,inner.a,inner.b,'=cmd");
  });
});

const page = '<!doctype html><html><head><style>p { color: red }</style></head><body>x</body></html>';
const listed = route('listResources', {
  capability: 'catalog',
  roles: everyone,
  summary: 'Things',
  description: 'Things.',
  query: z.strictObject({ format: z.enum(['csv', 'html']).optional(), fail: z.string().optional() }),
  response: z.strictObject({ items: z.array(Item), cursor: z.string().optional(), html: z.string().optional() }),
  formats: ['csv', 'html'],
  errors: { 'not-found': 404 },
  example: { response: { items: [] } },
});
const ports: ApiPorts = {
  answers: { find: async () => undefined },
  clock: testClock(),
  log: recordingLog(),
  metrics: recordingMetrics(),
  identity: testHub,
};
const serving = api(
  [
    endpoint(listed, async ({ query }) =>
      query.fail === undefined ? done({ items: [{ name: 'x' }], cursor: 'abc', html: page }) : refuse('not-found'),
    ),
  ],
  ports,
);
const get = (query: Record<string, string>) => callApi<unknown>(serving, { as: 'tax', route: listed, query });

describe('the caller chooses the form of an answer', () => {
  test('which is JSON where it says nothing', async () => {
    expect(await get({})).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: { cursor: expect.stringMatching(/^[\w-]{8,}$/) },
    });
  });
  test('CSV comes with the cursor in a header', async () => {
    expect(await get({ format: 'csv' })).toEqual({
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'x-next-cursor': ((await get({})).body as { cursor: string }).cursor,
      },
      body: '\ufeffname,count,inner.a,inner.b\r\nx,,,\r\n',
    });
  });
  test('HTML comes with a policy under which nothing but its own style has an effect', async () => {
    const { headers, body } = await get({ format: 'html' });
    const hash = createHash('sha256').update('p { color: red }').digest('base64');
    expect(body).toBe(page);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`,
    );
  });
  test('a form that the route does not give is malformed', async () => {
    expect(await get({ format: 'xml' })).toMatchObject({ status: 400, body: { code: 'malformed' } });
  });
  test('a refusal stays problem+json, whatever was asked for', async () => {
    expect(await get({ format: 'csv', fail: 'x' })).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: { code: 'not-found' },
    });
  });
});

test('the forms of an answer are documented with it', () => {
  const document = JSON.parse(JSON.stringify(openApiDocument())) as {
    paths: Record<string, { get: { responses: Record<string, { content: object; headers?: object }> } }>;
  };
  const responseOf = (path: string) => document.paths[path]!.get.responses['200']!;
  expect(Object.keys(responseOf('/v1/agreements/{agreementId}/text').content)).toEqual([
    'application/json',
    'text/html',
  ]);
  const differences = responseOf('/v1/agreements/{agreementId}/differences');
  expect(Object.keys(differences.content)).toEqual(['application/json', 'text/csv']);
  expect(differences.headers).toHaveProperty('x-next-cursor');
  expect(responseOf('/v1/agreements/{agreementId}').headers).toBeUndefined();
});
