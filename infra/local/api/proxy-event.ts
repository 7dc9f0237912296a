import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Principal } from '../aws/contracts.ts';
import { grouped } from '../headers.ts';
import type { Routed } from './routing.ts';

export interface Received {
  readonly request: IncomingMessage;
  /** Path and query as sent. */
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
  readonly requestId: string;
  readonly at: Date;
}

/** Names and values, several of one name kept apart, in the order of arrival. */
type Pairs = readonly (readonly [string, string])[];

const last = (pairs: Pairs): Record<string, string> => Object.fromEntries(pairs);

/**
 * The event of a Lambda proxy integration, payload format 1.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html).
 */
export function proxyEvent(
  received: Received,
  { route, params }: Routed,
  principal: Principal,
  api: { id: string; stage: string },
): APIGatewayProxyEvent {
  const { request, body, path } = received;
  const headers = headerPairs(request);
  const query = [...new URLSearchParams(received.query)];
  return {
    resource: route.path,
    path,
    httpMethod: request.method ?? '',
    headers: last(headers),
    multiValueHeaders: grouped(headers),
    queryStringParameters: query.length > 0 ? last(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? grouped(query) : null,
    pathParameters: Object.keys(params).length > 0 ? { ...params } : null,
    stageVariables: null,
    body: body.length > 0 ? body.toString('utf8') : null,
    isBase64Encoded: false,
    requestContext: contextOf(received, route.path, principal, api),
  };
}

function headerPairs({ rawHeaders }: IncomingMessage): Pairs {
  return rawHeaders.flatMap((name, position) =>
    position % 2 === 0 ? [[name, rawHeaders[position + 1] ?? ''] as const] : [],
  );
}

function contextOf(
  received: Received,
  resourcePath: string,
  principal: Principal,
  api: { id: string; stage: string },
): APIGatewayProxyEvent['requestContext'] {
  const { request, requestId, at, path } = received;
  const caller = `AROA${principal.accessKeyId.slice(4)}:${principal.arn.split('/').at(-1)}`;
  return {
    accountId: principal.account,
    apiId: api.id,
    authorizer: null,
    protocol: `HTTP/${request.httpVersion}`,
    httpMethod: request.method ?? '',
    identity: {
      accessKey: principal.accessKeyId,
      accountId: principal.account,
      apiKey: null,
      apiKeyId: null,
      caller,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      user: caller,
      userAgent: request.headers['user-agent'] ?? null,
      userArn: principal.arn,
    },
    path: `/${api.stage}${path}`,
    stage: api.stage,
    requestId,
    requestTimeEpoch: at.getTime(),
    extendedRequestId: randomUUID(),
    resourceId: resourcePath,
    resourcePath,
  };
}
