import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { HubIdentity } from '../../../functions/kernel/caller.ts';
import type { Problem } from '../../../schemas/contracts/problem.ts';
import type { Route } from '../../../schemas/contracts/routes.ts';
import { pathOf } from '../../../schemas/contracts/routes/places.ts';

export const testHub: HubIdentity = { partition: 'aws', account: '123456789012', stage: 'test' };

export interface ApiCall {
  /** The department whose role signs; a full ARN for callers that are none. */
  readonly as: string;
  readonly session?: string;
  /** Either a route of the contract, or a method and a path template (`/v1/agreements/{agreementId}`). */
  readonly route?: Pick<Route, 'method' | 'path'>;
  readonly method?: string;
  readonly resource?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiReply<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, boolean | number | string>>;
  /** Parsed where it is JSON, text where it is not. */
  readonly body: T;
}

export type ApiHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** Calls an API function as API Gateway would: a REST API's Lambda proxy event, payload version 1.0. */
export async function callApi<T = Problem>(handler: ApiHandler, call: ApiCall): Promise<ApiReply<T>> {
  const { statusCode, headers = {}, body } = await handler(eventOf(call));
  const isJson = String(headers['content-type']).endsWith('json');
  return { status: statusCode, headers, body: (isJson ? JSON.parse(body) : body) as T };
}

export function eventOf({
  as,
  session = 'clerk-7',
  route,
  params,
  query,
  body,
  headers = {},
  ...call
}: ApiCall): APIGatewayProxyEvent {
  const resource = route?.path ?? call.resource ?? '/';
  const text = Object.fromEntries(Object.entries(query ?? {}).map(([name, value]) => [name, String(value)]));
  const userArn = as.startsWith('arn:')
    ? as
    : `arn:aws:sts::${testHub.account}:assumed-role/hub-${testHub.stage}-dept-${as}/${session}`;
  const event = {
    resource,
    path: pathOf({ path: resource }, params ?? {}),
    httpMethod: route?.method ?? call.method ?? 'GET',
    headers: { ...headers },
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    pathParameters: params ? { ...params } : null,
    queryStringParameters: query ? text : null,
    multiValueQueryStringParameters: query
      ? Object.fromEntries(Object.entries(text).map(([name, value]) => [name, [value]]))
      : null,
    stageVariables: null,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { requestId: 'request-1', resourcePath: resource, stage: testHub.stage, identity: { userArn } },
  };
  // API Gateway sends many more context fields; these are the ones that the hub reads.
  return event as unknown as APIGatewayProxyEvent;
}
