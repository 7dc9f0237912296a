import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { z } from 'zod';
import { pointerOf, type Violation } from '../../../schemas/contracts/problem.ts';
import type { Route } from '../../../schemas/contracts/routes.ts';
import { textFaults } from '../../../schemas/contracts/text-faults.ts';
import { traceOf } from '../about.ts';
import type { Middleware } from '../middleware.ts';
import { refuse, type Outcome } from '../outcome.ts';
import type { Answer, Known, Parsed } from './requests.ts';

type Form = Omit<Parsed, keyof Known>;

/** A request as its route says that it should be; what is wrong with it otherwise, and where. */
export const parsed: Middleware<Known, Parsed, Answer> = (next) => async (request) => {
  const form = parse(request.endpoint.route, request.event);
  if (!form.ok) return form;
  request.note(traceOf(form.value.params));
  return next({ ...request, ...form.value });
};

function parse(route: Route, event: APIGatewayProxyEvent): Outcome<Form, 'malformed' | 'not-found'> {
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
  const query = formed(route.query, event.queryStringParameters ?? {}, '/query');
  if (!query.ok) return query;
  const body = parseBody(route, event);
  if (!body.ok) return body;
  const idempotencyKey = route.method === 'POST' ? headerOf(event, 'idempotency-key') : undefined;
  if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,200}$/.test(idempotencyKey)) {
    return refuse('malformed', {
      violations: [{ path: '/headers/idempotency-key', rule: 'format', message: '1 to 200 visible ASCII characters' }],
    });
  }
  return { ok: true, value: { params: params.data, query: query.value, body: body.value, idempotencyKey } };
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
    return refuse('malformed', {
      detail: 'The body is not JSON of well-formed Unicode text without a member of the name __proto__.',
    });
  }
  return formed(route.body, value, '');
}

/** Of the form that the schema says, and without characters that nobody may write. */
function formed<S extends z.ZodType>(schema: S, value: unknown, prefix: string): Outcome<z.output<S>, 'malformed'> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return malformed(parsed.error, prefix);
  const faults = textFaults(schema, value).map((fault) => ({ ...fault, path: prefix + fault.path }));
  return faults.length > 0 ? refuse('malformed', { violations: faults }) : { ok: true, value: parsed.data };
}

/**
 * Half a surrogate pair is no character: it could be neither stored as UTF-8 nor digested (RFC 8785, section 3.2.2.2).
 * A member of the name `__proto__` is the prototype of many an object that it is copied into, and no member.
 */
function wellFormed(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed()))
    throw new SyntaxError('lone surrogate');
  if (key === '__proto__') throw new SyntaxError('no member may have this name');
  return value;
}

/** Zod's issues as violations; messages speak of the form that is wanted and never repeat the value that came. */
function malformed(error: z.ZodError, prefix: string) {
  const violations = error.issues.flatMap((issue): Violation[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: prefix + pointerOf([...issue.path, key]),
        rule: 'unknown-property',
        message: 'there is no such property',
      }));
    const path = issue.path.length === 0 ? `${prefix}/` : prefix + pointerOf(issue.path);
    return [{ path, rule: issue.code, message: issue.message }];
  });
  return refuse('malformed', { violations });
}

const headerOf = (event: APIGatewayProxyEvent, name: string): string | undefined =>
  Object.entries(event.headers).find(([key]) => key.toLowerCase() === name)?.[1];
