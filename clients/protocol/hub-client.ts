import type { Problem } from '../../schemas/contracts/problem.ts';
import type { RouteId, TextFormat } from '../../schemas/contracts/routes.ts';
import { pathOf } from '../../schemas/contracts/routes/places.ts';
import { RefusedError, UnreachableError } from './refused.ts';
import type { Answered, Item, ListId, Reply, Sent, TextId } from './route-types.ts';
import type { Called } from './routes.ts';
import { signedSend, type Answer, type Endpoint, type Send, type Unsigned } from './signed.ts';

export interface Connection extends Endpoint {
  /** Milliseconds before each further try of a call that met 429 or a gateway error. */
  readonly pauses?: readonly number[];
}

export interface Text {
  readonly headers: Headers;
  /** Without a byte order mark. */
  readonly text: string;
  readonly cursor: string | undefined;
}

const PASSING = new Set([429, 502, 503, 504]);
const PAUSES_MS = [300, 1_000, 3_000];
/** As long as anybody would wait in one call: a quota of the day is told at once. */
const LONGEST_WAIT_MS = 60_000;
/** The most that a page of any list holds. */
const LARGEST_PAGE = 100;

/** A department's connection to the hub: each call by its route, signed, in a program as in a browser. */
export class HubClient {
  readonly #api: string;
  readonly #send: Send;
  readonly #pauses: readonly number[];

  constructor({ pauses = PAUSES_MS, ...endpoint }: Connection) {
    this.#api = endpoint.api;
    this.#send = signedSend(endpoint);
    this.#pauses = pauses;
  }

  /**
   * What the route answers; anything else is thrown as `RefusedError`. What passes by itself (throttling, a gateway's
   * hiccup) is asked again: a POST has an Idempotency-Key, its own where the caller has none that outlives it, so that it
   * has its effect once.
   *
   * The answer is taken for what the route says and not parsed: docs/decisions/2026-11-30-typed-client.md.
   */
  async call<Id extends RouteId>(route: Called<Id>, sent: Sent<Id>): Promise<Answered<Id>> {
    const once = route.method === 'POST' ? { idempotencyKey: crypto.randomUUID(), ...sent } : sent;
    const { status, text } = await this.#accepted(requestOf(route, once));
    return this.#parsed(text, status) as Answered<Id>;
  }

  /** The answer whatever it is, asked for once, with the key that is given: for whoever acts on refusals. */
  async ask<Id extends RouteId>(route: Called<Id>, sent: Sent<Id>): Promise<Reply<Id>> {
    const { status, headers, text } = await this.#send(requestOf(route, sent));
    const body = this.#parsed(text, status);
    const said = status < 300 ? { ok: true, body } : { ok: false, problem: problemOf(status, body) };
    return { status, headers, ...said } as Reply<Id>;
  }

  /** Every item of a list, page after page. */
  async *list<Id extends ListId>(route: Called<Id>, sent: Sent<Id>): AsyncGenerator<Item<Id>> {
    const request = requestOf(route, sent);
    let cursor: string | undefined;
    do {
      const query = { limit: String(LARGEST_PAGE), ...request.query, ...(cursor !== undefined && { cursor }) };
      const { status, text } = await this.#accepted({ ...request, query });
      const page = this.#parsed(text, status) as { readonly items: Item<Id>[]; readonly cursor?: string };
      yield* page.items;
      // A page without items may lead on: the hub looked at many and none was wanted.
      cursor = page.cursor;
    } while (cursor !== undefined);
  }

  /** The same answer as a text: rows of a table, a page to print; of a list a page of it, whose `cursor` leads on. */
  async text<Format extends TextFormat, Id extends TextId<Format>>(
    route: Called<Id>,
    format: Format,
    sent: Sent<Id>,
    from?: string,
  ): Promise<Text> {
    const request = requestOf(route, sent);
    const query = { ...request.query, format, ...(from !== undefined && { cursor: from }) };
    const { headers, text } = await this.#accepted({ ...request, query });
    return { headers, text, cursor: headers.get('x-next-cursor') ?? undefined };
  }

  async #accepted(request: Unsigned): Promise<Answer> {
    let received = await this.#send(request);
    for (const wait of this.#pauses) {
      if (!PASSING.has(received.status)) break;
      const asked = retryAfterOf(received.headers) ?? 0;
      if (asked > LONGEST_WAIT_MS) break;
      await pause(Math.max(wait, asked));
      received = await this.#send(request);
    }
    const { status, text } = received;
    if (status < 300) return received;
    throw new RefusedError(problemOf(status, this.#parsed(text, status)), retryAfterOf(received.headers));
  }

  #parsed(text: string, status: number): unknown {
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new UnreachableError(this.#api, `it answered ${status} with something that is not JSON`, { cause });
    }
  }
}

/** As `Sent` types it for a route. */
interface Loose {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

function requestOf(route: Called<RouteId>, sent: object): Unsigned {
  const { params = {}, query = {}, body, idempotencyKey }: Loose = sent;
  return {
    method: route.method,
    path: pathOf(route, params),
    query: Object.fromEntries(
      Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** Gateways before the hub answer errors of their own shape. */
function problemOf(status: number, body: unknown): Problem {
  if (isProblem(body)) return body;
  const { message = '' } = membersOf(body);
  const detail = typeof message === 'string' ? message : '';
  return { type: 'about:blank', title: `HTTP ${status}`, status, code: `http-${status}`, detail };
}

function isProblem(body: unknown): body is Problem {
  const { type, title, status, code, detail } = membersOf(body);
  return typeof status === 'number' && [type, title, code, detail].every((text) => typeof text === 'string');
}

const membersOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? { ...body } : {};

/** Milliseconds that `retry-after` asks for; undefined where it asks for none. */
const retryAfterOf = (headers: Headers): number | undefined =>
  (Number(headers.get('retry-after')) || 0) * 1_000 || undefined;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
