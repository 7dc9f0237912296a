import { createHash } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { Route } from '../../schemas/contracts/routes.ts';
import { ANSWER_DAYS, type Reference, type StoredAnswer } from '../../schemas/stored/answers.ts';
import { traceOf, type About, type Trace } from './about.ts';
import { callerOf, type Caller, type HubIdentity } from './caller.ts';
import { cursorAt, listOf, opened, sealed } from './cursor.ts';
import { digestOf } from './digest.ts';
import { Fault } from './fault.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';
import type { Answers, Clock, Log, Metrics, Shares } from './ports.ts';
import { faultProblem, problemOf } from './problem.ts';
import { represented } from './representation.ts';
import { parse } from './request.ts';
import { retryAfterOf } from './share.ts';
import { millisecondsBetween, after, epochSeconds } from './time.ts';

/** A request as its handler sees it: authenticated, parsed, typed by its route. */
export interface Call<R extends Route> {
  readonly caller: Caller;
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
  /** The record that makes a repeated POST answer alike; commit it in the transaction of the effect. */
  answer(body: z.output<R['response']>): StoredAnswer | undefined;
  /** What leads on from a position of the list that is asked for; of `cursor` in the answer the frame makes it itself. */
  readonly cursorAt: (position: string) => string;
  /** The same where the answer holds words, values of records or secrets: a repetition has it made anew of the effect. */
  refer(to: Reference): StoredAnswer | undefined;
  /** Ids that the request's log line says beside those of its path. */
  readonly note: (ids: Trace) => void;
}

export type Reply<R extends Route> = Outcome<z.output<R['response']>, keyof R['errors'] & string>;

export interface Endpoint {
  readonly route: Route;
  readonly handle: (call: Call<Route>) => Promise<Outcome<unknown, string>>;
  /** What a repetition is answered whose effect is where the reference leads. */
  readonly again: ((call: Call<Route>, to: Reference) => Promise<Outcome<unknown, string>>) | undefined;
}

export const endpoint = <R extends Route>(
  route: R,
  handle: (call: Call<R>) => Promise<Reply<R>>,
  again?: (call: Call<R>, to: Reference) => Promise<Reply<R>>,
): Endpoint => ({
  route,
  // A call is built from the route's own schemas, so what the handler receives is what its type says.
  handle,
  again,
});

export interface ApiPorts {
  readonly answers: Answers;
  /** Without them, calls are not counted. */
  readonly shares?: Shares;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly hub: HubIdentity;
}

interface Idempotency {
  readonly key: string;
  readonly requestDigest: string;
}

/** How a request was answered, and what its line in the log says of it. */
interface Answered {
  readonly result: APIGatewayProxyResult;
  readonly code?: string;
  readonly outcome?: 'replayed';
}

/** Serves a capability's endpoints behind API Gateway's Lambda proxy integration (REST API, payload 1.0). */
export function api(endpoints: readonly Endpoint[], ports: ApiPorts) {
  const byRoute = new Map(endpoints.map((entry) => [`${entry.route.method} ${entry.route.path}`, entry]));
  return async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const found = byRoute.get(`${event.httpMethod} ${event.resource}`);
    const caller = callerOf(event.requestContext.identity.userArn, ports.hub);
    const { requestId } = event.requestContext;
    const began = ports.clock.now();
    let about: About = { route: found?.route.id, department: caller?.department, requestId };
    const took = () => ({ milliseconds: millisecondsBetween(began, ports.clock.now()) });
    try {
      const note = (ids: Trace) => void (about = { ...about, ...ids });
      const { result, ...how } = found
        ? await serve(found, event, caller, ports, note)
        : refusedWith(refuse('no-such-route').refusal);
      if (how.code !== undefined) ports.metrics.count('ApiRefusals');
      if (how.outcome === 'replayed') ports.metrics.count('IdempotentReplays');
      ports.log.info('answered', { ...about, ...how, status: result.statusCode, ...took() });
      return result;
    } catch (error) {
      ports.log.error('fault', { ...about, status: 500, ...took(), error });
      return problemResult(faultProblem(requestId));
    }
  };
}

async function serve(
  found: Endpoint,
  event: APIGatewayProxyEvent,
  caller: Caller | undefined,
  ports: ApiPorts,
  note: (ids: Trace) => void,
): Promise<Answered> {
  const { route } = found;
  const refused = (refusal: Refusal<string>) => refusedWith(refusal, route.errors);
  if (!caller) return refused({ code: 'not-a-department' });
  const waitMs = await waitOf(caller, ports);
  if (waitMs > 0) return throttled(waitMs);
  if (!route.roles.some((role) => caller.roles.includes(role))) return refused({ code: 'role-not-permitted' });

  const parsed = parse(route, event);
  if (!parsed.ok) return refused(parsed.refusal);
  const { params, body, idempotencyKey } = parsed.value;
  const list = listOf(route, params, parsed.value.query, caller.department);
  const query = opened(list, parsed.value.query);
  if (!query.ok) return refused(query.refusal);
  note(traceOf(params));

  const idempotency =
    idempotencyKey === undefined ? undefined : { key: hash(idempotencyKey), requestDigest: digestOf({ params, body }) };
  const keep = (kept: Kept) => idempotency && storedAnswer(caller, route, idempotency, kept, ports.clock.now());
  const answer = (value: unknown) => keep({ body: JSON.stringify(value) });
  const refer = (refersTo: Reference) => keep({ refersTo });
  const call: Call<Route> = {
    caller,
    params,
    query: query.value,
    body: body as never,
    answer,
    refer,
    cursorAt: (position) => cursorAt(list, position),
    note,
  };
  const earlier = () => earlierAnswer(ports.answers, found, call, idempotency);
  const given = await earlier();
  if (given) return given;

  const outcome = await found.handle(call);
  // A call with the same key may have won the race for the same effect: then its answer is this one's too.
  if (!outcome.ok) return (await earlier()) ?? refused(outcome.refusal);
  note(traceOf(outcome.value));
  return { result: { statusCode: route.status, ...represented(route, query.value, sealed(list, outcome.value)) } };
}

/** A share that cannot be counted refuses nobody: what is wrong with the table will show in the call itself. */
async function waitOf({ department }: Caller, { shares, clock, log }: ApiPorts): Promise<number> {
  try {
    const taken = await shares?.take(department, clock.now());
    return taken === undefined || taken.granted ? 0 : taken.waitMs;
  } catch (error) {
    log.warn('call not counted', { department, error });
    return 0;
  }
}

function throttled(waitMs: number): Answered {
  const { result, ...how } = refusedWith({ code: 'throttled' });
  return { result: { ...result, headers: { ...result.headers, 'retry-after': retryAfterOf(waitMs) } }, ...how };
}

async function earlierAnswer(
  answers: Answers,
  found: Endpoint,
  call: Call<Route>,
  idempotency: Idempotency | undefined,
): Promise<Answered | undefined> {
  const { route } = found;
  const earlier = idempotency && (await answers.find(call.caller.department, route.id, idempotency.key));
  if (!earlier) return undefined;
  if (earlier.requestDigest !== idempotency.requestDigest) return refusedWith({ code: 'idempotency-key-reused' });
  if (earlier.refersTo) return madeAnew(found, call, earlier.refersTo);
  if (earlier.body === undefined) throw new Fault(`an answer of ${route.id} says nothing`);
  call.note(traceOf(JSON.parse(earlier.body)));
  const result = { statusCode: earlier.status, headers: { 'content-type': 'application/json' }, body: earlier.body };
  return { result, outcome: 'replayed' };
}

async function madeAnew({ route, again }: Endpoint, call: Call<Route>, to: Reference): Promise<Answered> {
  if (!again) throw new Fault(`${route.id} makes no answer anew`);
  const outcome = await again(call, to);
  if (!outcome.ok) return refusedWith(outcome.refusal, route.errors);
  call.note(traceOf(outcome.value));
  const result = { statusCode: route.status, ...represented(route, call.query, outcome.value) };
  return { result, outcome: 'replayed' };
}

type Kept = Pick<StoredAnswer, 'body' | 'refersTo'>;

const storedAnswer = (
  caller: Caller,
  route: Route,
  { key, requestDigest }: Idempotency,
  kept: Kept,
  now: string,
): StoredAnswer => ({
  department: caller.department,
  routeId: route.id,
  key,
  requestDigest,
  status: route.status,
  ...kept,
  expires: epochSeconds(after(now, { days: ANSWER_DAYS })),
});

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const problemResult = (problem: Problem): APIGatewayProxyResult => ({
  statusCode: problem.status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify(problem),
});

const refusedWith = (refusal: Refusal<string>, errors: Route['errors'] = {}): Answered => ({
  result: problemResult(problemOf(refusal, errors)),
  code: refusal.code,
});
