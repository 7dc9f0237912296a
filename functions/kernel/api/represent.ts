import { createHash } from 'node:crypto';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Route, TextFormat } from '../../../schemas/contracts/routes.ts';
import { projected } from '../../../schemas/stored/loosened.ts';
import { Fault } from '../fault.ts';
import type { Middleware } from '../middleware.ts';
import type { Outcome } from '../outcome.ts';
import { csvOf } from './csv.ts';
import type { Answer, Repeatable } from './requests.ts';

type Rendered = Pick<APIGatewayProxyResult, 'headers' | 'body'>;

const renderings: Readonly<Record<TextFormat, (value: Readonly<Record<string, unknown>>, route: Route) => Rendered>> = {
  /** The items of a list, or of one page of it: where the next begins stands in `x-next-cursor`. */
  csv: ({ items, cursor }, route) => {
    if (!Array.isArray(items)) throw new Fault(`route ${route.id} has no items to give as CSV`);
    return {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        ...(typeof cursor === 'string' && { 'x-next-cursor': cursor }),
      },
      body: csvOf(items, route.response),
    };
  },
  html: ({ html }, route) => {
    if (typeof html !== 'string') throw new Fault(`route ${route.id} has no page to give as HTML`);
    return {
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policyOf(html) },
      body: html,
    };
  },
};

/** An answer in the form that the caller's query names, of those that its route gives; as JSON without one. */
export const represented: Middleware<Repeatable, Repeatable, Outcome<unknown, string>, Answer> =
  (next) => async (request) => {
    const outcome = await next(request);
    if (!outcome.ok) return outcome;
    const { route } = request.endpoint;
    return { result: { statusCode: route.status, ...formOf(route, request.query, outcome.value) } };
  };

function formOf(route: Route, query: Repeatable['query'], value: unknown): Rendered {
  const format = route.formats?.find((each) => each === query['format']);
  if (format === undefined)
    return {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(projected(route.response).parse(value)),
    };
  return renderings[format](value as Readonly<Record<string, unknown>>, route);
}

/** A page may look as its own style says and do nothing else (https://www.w3.org/TR/CSP3/). */
function policyOf(html: string): string {
  const [, style] = /<style>([^<]*)<\/style>/.exec(html) ?? [];
  const styles = style === undefined ? "'none'" : `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
  return `default-src 'none'; style-src ${styles}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`;
}
