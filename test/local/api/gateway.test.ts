import { once } from 'node:events';
import { request, type IncomingMessage, type Server } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Credentials } from '../../../clients/protocol/signed.ts';
import { readDefinition } from '../../../infra/local/api/definition.ts';
import { listen } from '../../../infra/local/api/listen.ts';
import { proxyEvent } from '../../../infra/local/api/proxy-event.ts';
import { apiServer } from '../../../infra/local/api/server.ts';
import type { Principal } from '../../../infra/local/aws/contracts.ts';
import type { HubClock } from '../../../infra/local/clock.ts';
import type { InvocationResult } from '../../../infra/local/runtime/messages.ts';
import { raw, type Raw } from '../../support/raw.ts';
import { world } from '../stacks.ts';
import { scriptedPool, succeeded, type ScriptedPool } from '../wiring/scripted-pool.ts';

const tax: Principal = {
  arn: 'arn:aws:sts::000000000000:assumed-role/hub-dev-dept-tax/local',
  account: '000000000000',
  accessKeyId: 'AKIATAX',
  secretAccessKey: 'secret',
  kind: 'department',
};
const problem = (code: string) => ({
  responseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
  responseTemplates: {
    'application/json': `{"code":"${code}","message":$context.error.messageString,"request":"$context.requestId."}`,
  },
});
const operation = {
  security: [{ sigv4: [] }],
  'x-amazon-apigateway-integration': {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:the-function/invocations',
  },
};
const definition = readDefinition({
  openapi: '3.0.1',
  info: {},
  paths: {
    '/v1/me': { get: operation },
    '/v1/things/{thingId}': { get: operation, post: operation },
    '/v1/things/{thingId}/parts/{part}': { get: operation },
    '/v1/things/special': { get: operation },
  },
  components: {
    securitySchemes: {
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    },
  },
  'x-amazon-apigateway-gateway-responses': {
    DEFAULT_5XX: { statusCode: '500', ...problem('fault') },
    MISSING_AUTHENTICATION_TOKEN: problem('unsigned'),
    ACCESS_DENIED: problem('not-permitted'),
    REQUEST_TOO_LARGE: problem('too-large'),
  },
});

function clock(): HubClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    offset: () => ahead,
    before: () => [],
    onAdvance: () => undefined,
    advance: (by) => {
      if (by < 0) throw new RangeError('the clock moves forward only');
      ahead += by;
    },
  };
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const reply = (value: object = { statusCode: 200, body: '{}' }) => succeeded(value);

async function anApi(answer: () => InvocationResult = reply): Promise<{
  api: string;
  pool: ScriptedPool;
  event: () => APIGatewayProxyEvent;
  as: (change?: Partial<Credentials>) => Raw;
}> {
  const pool = scriptedPool(answer);
  const server = apiServer({
    definition,
    id: 'api',
    stage: 'dev',
    world,
    clock: clock(),
    byAccessKey: (id) => (id === tax.accessKeyId ? tax : undefined),
    poolOf: () => pool,
    access: {
      authorize: ({ resource }) =>
        resource.includes('forbidden') ? { allowed: false, why: 'no policy' } : { allowed: true },
    },
  });
  servers.push(server);
  const api = `http://127.0.0.1:${await listen(server, 0)}`;
  const { accessKeyId, secretAccessKey } = tax;
  const as = (change: Partial<Credentials> = {}) =>
    raw({ api, region: world.region, credentials: { accessKeyId, secretAccessKey, ...change } });
  return { api, pool, event: () => pool.events[0] as APIGatewayProxyEvent, as };
}

/** @param rawHeaders names and values in turn */
async function answerTo(url: string, rawHeaders: readonly string[]): Promise<number | undefined> {
  const asked = request(url, { headers: ['host', new URL(url).host, ...rawHeaders], agent: false }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe('a function behind the API', () => {
  test('gets who called, and the request as API Gateway gives it', async () => {
    const { as, event } = await anApi();
    await as()('POST', '/v1/things/%E6%B3%95%E4%BA%BA', {
      query: { limit: '2', text: '法人' },
      body: { name: '法人' },
      idempotencyKey: 'k1',
    });
    expect(event()).toMatchObject({
      resource: '/v1/things/{thingId}',
      httpMethod: 'POST',
      path: '/v1/things/%E6%B3%95%E4%BA%BA',
      pathParameters: { thingId: '法人' },
      queryStringParameters: { limit: '2', text: '法人' },
      multiValueQueryStringParameters: { limit: ['2'], text: ['法人'] },
      body: '{"name":"法人"}',
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: 'api',
        stage: 'dev',
        resourcePath: '/v1/things/{thingId}',
        httpMethod: 'POST',
        identity: {
          userArn: tax.arn,
          accountId: '000000000000',
          accessKey: 'AKIATAX',
          caller: expect.stringMatching(/:local$/),
          sourceIp: '127.0.0.1',
        },
      },
    });
    expect(Object.entries(event().headers).find(([name]) => name.toLowerCase() === 'idempotency-key')?.[1]).toBe('k1');
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'gets %s as a parameter and as a header like any other name',
    async (name) => {
      const { api } = await anApi();
      const headers = [name, '1', name, '2'];
      expect(await answerTo(`${api}/v1/me?${name}=1&${name}=2`, headers)).toBe(403);
      const sent = { method: 'GET', rawHeaders: headers, headers: {}, httpVersion: '1.1', socket: {} };
      const event = proxyEvent(
        {
          request: sent as unknown as IncomingMessage,
          path: '/v1/me',
          query: `${name}=1&${name}=2`,
          body: Buffer.alloc(0),
          requestId: 'r',
          at: new Date(0),
        },
        { route: { method: 'GET', path: '/v1/me', functionArn: '' }, params: {} },
        tax,
        { id: 'api', stage: 'dev' },
      );
      const { multiValueHeaders, multiValueQueryStringParameters } = event;
      for (const values of [multiValueHeaders, multiValueQueryStringParameters])
        expect(JSON.stringify(values)).toBe(`{"${name}":["1","2"]}`);
    },
  );

  test('gets null where there is nothing', async () => {
    const { as, event } = await anApi();
    await as()('GET', '/v1/me');
    expect(event()).toMatchObject({
      pathParameters: null,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      body: null,
    });
  });

  test.each([
    ['/v1/things/special', '/v1/things/special', null],
    ['/v1/things/other', '/v1/things/{thingId}', { thingId: 'other' }],
    ['/v1/things/a%2Fb/parts/7', '/v1/things/{thingId}/parts/{part}', { thingId: 'a/b', part: '7' }],
  ])('is found by the most literal path: %s', async (path, resource, pathParameters) => {
    const { as, event } = await anApi();
    await as()('GET', path);
    expect(event()).toMatchObject({ resource, pathParameters });
  });

  test('answers with status, headers and body, also binary', async () => {
    const { as } = await anApi(() =>
      reply({
        statusCode: 201,
        headers: { 'X-One': '1' },
        multiValueHeaders: { 'X-Many': ['a', 'b'] },
        body: Buffer.from('{"é":1}').toString('base64'),
        isBase64Encoded: true,
      }),
    );
    const answer = await as()('GET', '/v1/me');
    expect(answer).toMatchObject({ status: 201, body: { é: 1 } });
    expect([answer.headers.get('x-one'), answer.headers.get('x-many')]).toEqual(['1', 'a, b']);
  });
});

describe('the gateway itself answers, with the template’s gateway responses', () => {
  const failure = (errorType: string): InvocationResult => ({
    ok: false,
    error: { errorType, errorMessage: 'secret detail' },
  });

  test.each<[string, InvocationResult, number, string | undefined]>([
    ['a function that failed', failure('Error'), 502, 'fault'],
    ['an answer that is none', succeeded({ status: 200 }), 502, 'fault'],
    ['an answer that is nothing', succeeded(null), 502, 'fault'],
    ['a payload beyond Lambda’s limit', failure('RequestTooLargeException'), 413, 'too-large'],
    ['a machine that is busy', failure('TooManyRequestsException'), 429, undefined],
  ])('%s', async (_, result, status, code) => {
    const { as } = await anApi(() => result);
    const answer = await as()('GET', '/v1/me');
    const { code: said } = answer.body as { readonly code?: string };
    expect([answer.status, said]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toContain('secret detail');
  });

  test.each<[string, (api: Awaited<ReturnType<typeof anApi>>) => Promise<{ status: number }>, number]>([
    ['without a signature', ({ api }) => fetch(`${api}/v1/me`), 403],
    ['with a wrong secret', ({ as }) => as({ secretAccessKey: 'other' })('GET', '/v1/me'), 403],
    ['with an unknown key', ({ as }) => as({ accessKeyId: 'AKIAOTHER' })('GET', '/v1/me'), 403],
    ['with a session token that is not the key’s', ({ as }) => as({ sessionToken: 'x' })('GET', '/v1/me'), 403],
    ['for a path that is not there', ({ as }) => as()('GET', '/v2/me'), 403],
    ['for a method that is not there', ({ as }) => as()('PUT', '/v1/me', { body: {} }), 403],
    ['without permission', ({ as }) => as()('GET', '/v1/things/forbidden'), 403],
    ['with an empty path segment', ({ as }) => as()('GET', '/v1/things/'), 403],
  ])('a call %s, and the function is not called', async (_, call, status) => {
    const running = await anApi();
    expect((await call(running)).status).toBe(status);
    expect(running.pool.events).toEqual([]);
  });

  test('a refusal names role, action and resource', async () => {
    const { as } = await anApi();
    const { body, headers } = await as()('GET', '/v1/things/forbidden');
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({
      code: 'not-permitted',
      message: `User: ${tax.arn} is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:000000000000:api/dev/GET/v1/things/forbidden because no policy`,
    });
  });

  test('a body of more than 10 MB', async () => {
    const { api, pool } = await anApi();
    expect((await fetch(`${api}/v1/things/1`, { method: 'POST', body: 'x'.repeat(11 * 1024 * 1024) })).status).toBe(
      413,
    );
    expect(pool.events).toEqual([]);
  });
});

describe('the clock of the local hub', () => {
  const post = (api: string, body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${api}/_local/clock`, { method: 'POST', headers, body: JSON.stringify(body) });

  test('is read and moved forward, by seconds or to an instant', async () => {
    const { api } = await anApi();
    expect(await (await fetch(`${api}/_local/clock`)).json()).toMatchObject({ aheadSeconds: 0 });
    expect(await (await post(api, { advance: 3600 })).json()).toMatchObject({ aheadSeconds: 3600 });
    const { now } = (await (await post(api, { to: '2099-01-01T00:00:00Z' })).json()) as { now: string };
    expect(now).toMatch(/^2099-01-01T00:00:0/);
  });

  test.each<[string, unknown, Record<string, string> | undefined, number]>([
    ['backwards', { to: '2000-01-01T00:00:00Z' }, undefined, 409],
    ['by a negative step', { advance: -1 }, undefined, 400],
    ['by nonsense', { advance: 'a day' }, undefined, 400],
    ['by a form of a web page', { advance: 1 }, { 'content-type': 'text/plain' }, 415],
  ])('is not moved %s', async (_, body, headers, status) => {
    const { api } = await anApi();
    expect((await post(api, body, headers)).status).toBe(status);
    expect(await (await fetch(`${api}/_local/clock`)).json()).toMatchObject({ aheadSeconds: 0 });
  });
});

test.each<[string, object]>([
  ['an operation without authorization', { ...operation, security: [] }],
  [
    'another integration',
    { ...operation, 'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', uri: 'http://x' } },
  ],
  ['an extension that is not known', { ...operation, 'x-amazon-apigateway-request-validator': 'all' }],
])('a definition with %s is refused', (_, changed) => {
  const components = { securitySchemes: {} };
  expect(() =>
    readDefinition({ openapi: '3.0.1', info: {}, paths: { '/v1/me': { get: changed } }, components }),
  ).toThrow(/definition/);
});
