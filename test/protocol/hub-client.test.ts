import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { HubClient } from '../../clients/protocol/hub-client.ts';
import { routes } from '../../clients/protocol/routes.ts';

type Scripted = readonly [status: number, body: unknown, headers?: Record<string, string>];

let server: Server;
let asked: string[];
let keys: unknown[];
afterEach(() => void server.close());

/** A hub that answers as it is told, one after the other; the last answer stays. */
async function against(...answers: Scripted[]): Promise<HubClient> {
  asked = [];
  keys = [];
  server = createServer((request, response) => {
    const [status, body, headers = {}] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, ''];
    asked.push(`${request.method} ${request.url}`);
    keys.push(request.headers['idempotency-key']);
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
  return new HubClient({ api: `http://127.0.0.1:${port}`, region: 'r', credentials, pauses: [1, 1, 1] });
}

const proposal = {
  resourceId: 'streets',
  terms: { fields: ['code'], purpose: 'x', legalBasis: 'x', validFrom: '2026-01-01', validTo: '2026-12-31' },
};

test('a page without items leads on: the hub looked at many and none was wanted', async () => {
  const client = await against(
    [200, { items: [1], cursor: 'a' }],
    [200, { items: [], cursor: 'b' }],
    [200, { items: [2], cursor: 'c' }],
    [200, { items: [] }],
  );
  const items = [];
  for await (const item of client.list(routes.listDeliveries, {})) items.push(item);
  expect(items).toEqual([1, 2]);
  expect(asked).toHaveLength(4);
});

test.each([429, 502, 503, 504])('%i passes: a call that can be repeated is asked again', async (status) => {
  const client = await against([status, { message: 'later' }], [200, { department: 'tax' }]);
  expect(await client.call(routes.me, {})).toEqual({ department: 'tax' });
});

test('what does not pass is told after four tries, though no hub wrote the answer', async () => {
  const client = await against([503, { message: 'Service Unavailable' }]);
  await expect(client.call(routes.me, {})).rejects.toMatchObject({
    problem: { code: 'http-503', detail: 'Service Unavailable' },
  });
  expect(asked).toHaveLength(4);
});

test('a POST that may have been done is asked again with the same key, of its own or the caller’s', async () => {
  const client = await against([503, { message: 'later' }]);
  const propose = client.call(routes.proposeAgreement, { body: proposal });
  await expect(propose).rejects.toThrow('http-503');
  expect(new Set(keys).size).toBe(1);
  expect(keys).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^[\da-f-]{36}$/)));
  await expect(client.call(routes.proposeAgreement, { body: proposal, idempotencyKey: 'key' })).rejects.toThrow(
    'http-503',
  );
  expect(keys.slice(4)).toEqual(['key', 'key', 'key', 'key']);
  await expect(client.call(routes.proposeAgreement, { body: proposal })).rejects.toThrow('http-503');
  expect(keys.slice(0, 4)).not.toContain(keys.at(-1));
});

test('whoever acts on refusals asks once, with no key but a given one', async () => {
  const client = await against([503, { message: 'later' }]);
  expect(await client.ask(routes.proposeAgreement, { body: proposal })).toMatchObject({ status: 503 });
  expect(await client.ask(routes.proposeAgreement, { body: proposal, idempotencyKey: 'key' })).toMatchObject({
    status: 503,
  });
  expect(keys).toEqual([undefined, 'key']);
});

test('a throttled call was not done: it is asked again, a POST too, once the hub’s time has passed', async () => {
  const client = await against([429, { message: 'later' }, { 'retry-after': '1' }], [201, { agreementId: 'A' }]);
  const began = performance.now();
  expect(await client.call(routes.proposeAgreement, { body: proposal })).toEqual({ agreementId: 'A' });
  expect(performance.now() - began).toBeGreaterThanOrEqual(990);
});

test('what does not pass within a minute, as a quota of the day, is told at once', async () => {
  const problem = { type: 'x', title: 'x', status: 429, code: 'quota-exceeded', detail: 'x' };
  const client = await against([429, problem, { 'retry-after': '61' }]);
  await expect(client.call(routes.me, {})).rejects.toMatchObject({ problem });
  expect(asked).toHaveLength(1);
});

test.each([
  ['a page of something else', 200, '<html>'],
  ['an error page of something else', 404, '<html>'],
])('%s is no answer of a hub', async (_, status, body) => {
  const client = await against([status, body]);
  await expect(client.call(routes.me, {})).rejects.toMatchObject({
    name: 'UnreachableError',
    why: expect.stringContaining('not JSON'),
  });
});

test('what a route does not know does not compile', () => {
  const wrong = (client: HubClient) => [
    // @ts-expect-error -- an agreement is named by its id
    client.call(routes.readAgreement, { params: { resourceId: 'streets' } }),
    // @ts-expect-error -- and it has to be named
    client.call(routes.readAgreement, {}),
    // @ts-expect-error -- terms are accepted by their version
    client.call(routes.acceptAgreement, { params: { agreementId: 'A' }, body: {} }),
    // @ts-expect-error -- there is no such state
    client.call(routes.listAgreements, { query: { state: 'actve' } }),
    // @ts-expect-error -- only what is repeated needs a key
    client.call(routes.me, { idempotencyKey: 'k' }),
    // @ts-expect-error -- one agreement is no list
    client.list(routes.readAgreement, { params: { agreementId: 'A' } }),
    // @ts-expect-error -- nor a table
    client.text(routes.readAgreement, 'csv', { params: { agreementId: 'A' } }),
    client.ask(routes.readAgreement, { params: { agreementId: 'A' } }).then((reply) =>
      // @ts-expect-error -- reading never meets a wrong state
      reply.ok ? reply.body.state : reply.problem.code === 'wrong-state',
    ),
  ];
  expect(wrong).toBeInstanceOf(Function);
});
