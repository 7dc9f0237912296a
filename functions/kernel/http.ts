import { createHash } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import { ANSWER_DAYS, type StoredAnswer } from '../../schemas/contracts/answers.ts';
import type { Problem, Violation } from '../../schemas/contracts/problem.ts';
import type { Route } from '../../schemas/contracts/routes.ts';
import { callerOf, type Caller, type HubIdentity } from './caller.ts';
import { digestOf } from './digest.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';
import type { Answers, Clock, Log } from './ports.ts';
import { faultProblem, problemOf } from './problem.ts';

/** A request as its handler sees it: authenticated, parsed, typed by its route. */
export interface Call<R extends Route> {
  readonly caller: Caller;
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
  /** The record that makes a repeated POST answer alike; commit it in the transaction of the effect. */
  answer(body: z.output<R['response']>): StoredAnswer | undefined;
}

export type Reply<R extends Route> = Outcome<z.output<R['response']>, keyof R['errors'] & string>;

export interface Endpoint {
  readonly route: Route;
  readonly handle: (call: Call<Route>) => Promise<Outcome<unknown, string>>;
}

export const endpoint = <R extends Route>(route: R, handle: (call: Call<R>) => Promise<Reply<R>>): Endpoint => ({
  route,
  // A call is built from the route's own schemas, so what the handler receives is what its type says.
  handle: handle as Endpoint['handle'],
});

export interface ApiPorts {
  readonly answers: Answers;
  readonly clock: Clock;
  readonly log: Log;
  readonly hub: HubIdentity;
}

interface Idempotency {
  readonly key: string;
  readonly requestDigest: string;
}

/** Serves a capability's endpoints behind API Gateway's Lambda proxy integration (REST API, payload 1.0). */
export function api(endpoints: readonly Endpoint[], ports: ApiPorts) {
  const byRoute = new Map(endpoints.map((entry) => [`${entry.route.method} ${entry.route.path}`, entry]));
  return async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const found = byRoute.get(`${event.httpMethod} ${event.resource}`);
    const caller = callerOf(event.requestContext.identity.userArn, ports.hub);
    const about = { route: found?.route.id, department: caller?.department, requestId: event.requestContext.requestId };
    try {
      const result = found
        ? await serve(found, event, caller, ports)
        : problemResult(problemOf(refuse('no-such-route').refusal, {}));
      ports.log.info('answered', { ...about, status: result.statusCode });
      return result;
    } catch (fault) {
      ports.log.error('fault', { ...about, error: fault });
      return problemResult(faultProblem(event.requestContext.requestId));
    }
  };
}

async function serve(
  found: Endpoint,
  event: APIGatewayProxyEvent,
  caller: Caller | undefined,
  ports: ApiPorts,
): Promise<APIGatewayProxyResult> {
  const { route } = found;
  const refused = (refusal: Refusal<string>) => problemResult(problemOf(refusal, route.errors));
  if (!caller) return refused({ code: 'not-a-department' });
  if (!route.roles.some((role) => caller.roles.includes(role))) return refused({ code: 'role-not-permitted' });

  const parsed = parse(route, event);
  if (!parsed.ok) return refused(parsed.refusal);
  const { params, query, body, idempotencyKey } = parsed.value;

  const idempotency =
    idempotencyKey === undefined ? undefined : { key: hash(idempotencyKey), requestDigest: digestOf({ params, body }) };
  const earlier = await earlierAnswer(ports.answers, caller, route, idempotency);
  if (earlier) return earlier;

  const answer = (value: unknown) => idempotency && storedAnswer(caller, route, idempotency, value, ports.clock.now());
  const outcome = await found.handle({ caller, params, query, body: body as never, answer });
  if (outcome.ok) return jsonResult(route.status, outcome.value);
  // A call with the same key may have won the race for the same effect: then its answer is this one's too.
  return (await earlierAnswer(ports.answers, caller, route, idempotency)) ?? refused(outcome.refusal);
}

async function earlierAnswer(answers: Answers, caller: Caller, route: Route, idempotency: Idempotency | undefined) {
  const earlier = idempotency && (await answers.find(caller.department, route.id, idempotency.key));
  if (!earlier) return undefined;
  if (earlier.requestDigest !== idempotency.requestDigest)
    return problemResult(problemOf({ code: 'idempotency-key-reused' }, {}));
  return { statusCode: earlier.status, headers: { 'content-type': 'application/json' }, body: earlier.body };
}

const storedAnswer = (
  caller: Caller,
  route: Route,
  { key, requestDigest }: Idempotency,
  value: unknown,
  now: string,
): StoredAnswer => ({
  department: caller.department,
  routeId: route.id,
  key,
  requestDigest,
  status: route.status,
  body: JSON.stringify(value),
  expires: Math.floor(Date.parse(now) / 1000) + ANSWER_DAYS * 86_400,
});

interface ParsedRequest {
  readonly params: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
}

function parse(route: Route, event: APIGatewayProxyEvent): Outcome<ParsedRequest, 'malformed' | 'not-found'> {
  const params = route.params.safeParse(event.pathParameters ?? {});
  // An id that no thing can have names nothing; where the caller chooses the id, it is told what is wrong with it.
  if (!params.success) return 'not-found' in route.errors ? refuse('not-found') : malformed(params.error, '/path');
  const repeated = Object.entries(event.multiValueQueryStringParameters ?? {}).find(
    ([, values]) => (values?.length ?? 0) > 1,
  );
  if (repeated)
    return refuse('malformed', {
      violations: [{ path: `/query/${repeated[0]}`, rule: 'repeated', message: 'give this parameter once' }],
    });
  const query = route.query.safeParse(event.queryStringParameters ?? {});
  if (!query.success) return malformed(query.error, '/query');
  const body = parseBody(route, event);
  if (!body.ok) return body;
  const idempotencyKey = route.method === 'POST' ? headerOf(event, 'idempotency-key') : undefined;
  if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,200}$/.test(idempotencyKey)) {
    return refuse('malformed', {
      violations: [{ path: '/headers/idempotency-key', rule: 'format', message: '1 to 200 visible ASCII characters' }],
    });
  }
  return { ok: true, value: { params: params.data, query: query.data, body: body.value, idempotencyKey } };
}

function parseBody(route: Route, event: APIGatewayProxyEvent): Outcome<unknown, 'malformed'> {
  const text =
    event.body === null ? '' : event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
  if (!route.body)
    return text.trim() === '' || text.trim() === '{}'
      ? { ok: true, value: undefined }
      : refuse('malformed', { detail: 'This route takes no body.' });
  let value: unknown;
  try {
    value = JSON.parse(text, wellFormed);
  } catch {
    return refuse('malformed', { detail: 'The body is not JSON of well-formed Unicode text.' });
  }
  const body = route.body.safeParse(value);
  return body.success ? { ok: true, value: body.data } : malformed(body.error, '');
}

/** Half a surrogate pair is no character: it could be neither stored as UTF-8 nor digested (RFC 8785, section 3.2.2.2). */
function wellFormed(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) throw new SyntaxError('lone surrogate');
  return value;
}

/** Zod's issues as violations; messages speak of the form that is wanted and never repeat the value that came. */
function malformed(error: z.ZodError, prefix: string) {
  const violations = error.issues.flatMap((issue): Violation[] => {
    const path = `${prefix}/${issue.path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: path.endsWith('/') ? path + key : `${path}/${key}`,
        rule: 'unknown-property',
        message: 'there is no such property',
      }));
    return [{ path, rule: issue.code, message: issue.message }];
  });
  return refuse('malformed', { violations });
}

const headerOf = (event: APIGatewayProxyEvent, name: string): string | undefined =>
  Object.entries(event.headers).find(([key]) => key.toLowerCase() === name)?.[1];

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const jsonResult = (statusCode: number, value: unknown): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const problemResult = (problem: Problem): APIGatewayProxyResult => ({
  statusCode: problem.status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify(problem),
});
