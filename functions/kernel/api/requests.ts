import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Reference, StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { About } from '../about.ts';
import type { Caller } from '../caller.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import type { Refusal } from '../outcome.ts';

/** What API Gateway's Lambda proxy integration sends (REST API, payload 1.0). */
export interface Request {
  readonly event: APIGatewayProxyEvent;
  /** Aborted shortly before Lambda ends the function. */
  readonly signal?: AbortSignal | undefined;
}

// What a request is on its way in: each middleware finds what those before it have added.

export interface Logged extends Request {
  /** Said by the request's line of the log. */
  readonly note: (about: About) => void;
}
export interface Routed extends Logged {
  readonly endpoint: Endpoint;
}
export interface Known extends Routed {
  readonly caller: Caller;
}
export interface Parsed extends Known {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
}
export interface Repeatable extends Parsed, Pick<Call<Endpoint['route']>, 'refer'> {
  readonly answer: (body: unknown) => StoredAnswer | undefined;
  /** Of a repetition: the effect that its answer is to be made of. */
  readonly effect?: Reference;
}
export interface Paged extends Repeatable, Pick<Call<Endpoint['route']>, 'cursorAt'> {}

/** What becomes of a request: an answer in its form, or a refusal that has none yet. */
export type Answer =
  | { readonly result: APIGatewayProxyResult; readonly outcome?: 'replayed' }
  | { readonly refusal: Refusal<string> };
