import { createHash, createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import { Problem } from '../../schemas/contracts/problem.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Connection {
  /** Where the API is, without a trailing slash. */
  readonly api: string;
  readonly region: string;
  readonly credentials: Credentials | (() => Promise<Credentials>);
  /** Milliseconds before each further try of a call that met 429 or a gateway error. */
  readonly pauses?: readonly number[];
}

const PASSING = new Set([429, 502, 503, 504]);
const PAUSES_MS = [300, 1_000, 3_000];

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What the hub refused, in its own words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    const places = (problem.violations ?? [])
      .map(({ path, rule, message }) => `\n  ${path} ${rule}: ${message}`)
      .join('');
    super(`${problem.status} ${problem.code}: ${problem.detail}${places}`);
    this.problem = problem;
  }
}

/** No answer, or none that a hub gives: wrong address, nothing running there, no network. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  readonly api: string;
  readonly why: string;

  constructor(api: string, why: string, options?: ErrorOptions) {
    super(`the hub at ${api} cannot be reached: ${why}`, options);
    this.api = api;
    this.why = why;
  }
}

type HashSource = Parameters<typeof createHmac>[1];

const bytesOf = (data: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

/** The hash that the signer wants, on Node's own crypto. */
class Sha256 {
  #hash;
  constructor(secret?: HashSource) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    this.#hash = createHash('sha256');
  }
}

/** `fetch failed` says nothing: what lies beneath does. */
function reasonOf(fault: unknown): string {
  let innermost = fault;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  if (!(innermost instanceof Error)) return String(innermost);
  const { code } = innermost as { code?: unknown };
  return innermost.message || (typeof code === 'string' ? code : innermost.name);
}

/** Gateways before the hub answer errors of their own shape. */
function problemOf({ status, body }: Answer<unknown>): Problem {
  const parsed = Problem.safeParse(body);
  if (parsed.success) return parsed.data;
  const { message = '' } = (typeof body === 'object' && body !== null ? body : {}) as { message?: unknown };
  const detail = typeof message === 'string' ? message : '';
  return { type: 'about:blank', title: `HTTP ${status}`, status, code: `http-${status}`, detail };
}

/** Milliseconds that `retry-after` asks for, as far as anybody would wait in one call. */
const retryAfterOf = (headers: Headers): number => Math.min(60, Number(headers.get('retry-after')) || 0) * 1_000;

/** A department's connection to the hub: every call signed with AWS Signature V4 for `execute-api`. */
export class HubClient {
  readonly #connection: Connection;
  readonly #signer: SignatureV4;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { region, credentials } = connection;
    this.#signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 as never });
  }

  /** The answer whatever its status: what tests of refusals look at. */
  async ask<T = unknown>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const { status, headers, text } = await this.#exchange(method, path, options);
    return { status, headers, body: this.#parsed(text, status) as T };
  }

  /** A successful answer as the text that it is, for forms other than JSON (`format=csv`); without its byte order mark. */
  async text(path: string, query: RequestOptions['query'] = {}): Promise<Answer<string>> {
    const { status, headers, text } = await this.#exchange('GET', path, { query });
    if (status >= 300) throw new RefusedError(problemOf({ status, headers, body: this.#parsed(text, status) }));
    return { status, headers, body: text };
  }

  async #exchange(method: string, path: string, options: RequestOptions): Promise<Sent> {
    const query = Object.entries(options.query ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    // Signed and sent alike: a blank is %20, which URLSearchParams would send as +.
    const search = query.map(([name, value]) => `${encodeURIComponent(name!)}=${encodeURIComponent(value!)}`).join('&');
    const url = new URL(this.#connection.api + path + (search && `?${search}`));
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const signed = await this.#signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port) || undefined,
      path: url.pathname,
      query: Object.fromEntries(query) as Record<string, string>,
      headers: {
        host: url.host,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(options.idempotencyKey !== undefined && { 'idempotency-key': options.idempotencyKey }),
      },
      body,
    } as Parameters<SignatureV4['sign']>[0]);
    return this.#send(url, { method, headers: signed.headers, ...(body !== undefined && { body }) });
  }

  async #send(url: URL, init: RequestInit): Promise<Sent> {
    try {
      const response = await fetch(url, init);
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (cause) {
      throw new UnreachableError(this.#connection.api, reasonOf(cause), { cause });
    }
  }

  #parsed(text: string, status: number): unknown {
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new UnreachableError(this.#connection.api, `it answered ${status} with something that is not JSON`, {
        cause,
      });
    }
  }

  /**
   * The body of a successful answer; anything else is thrown as `RefusedError`. What passes by itself (throttling, a
   * gateway's hiccup) is asked again, unless repeating it might have a second effect; a throttled call had none.
   */
  async call<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    let answer = await this.ask<T>(method, path, options);
    const repeatable = method !== 'POST' || options.idempotencyKey !== undefined;
    for (const wait of this.#connection.pauses ?? PAUSES_MS) {
      if (!PASSING.has(answer.status) || !(repeatable || answer.status === 429)) break;
      await pause(Math.max(wait, retryAfterOf(answer.headers)));
      answer = await this.ask<T>(method, path, options);
    }
    if (answer.status >= 300) throw new RefusedError(problemOf(answer));
    return answer.body;
  }

  get<T>(path: string, query: RequestOptions['query'] = {}): Promise<T> {
    return this.call<T>('GET', path, { query });
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('PUT', path, { body });
  }

  post<T>(path: string, body?: unknown, idempotencyKey?: string): Promise<T> {
    return this.call<T>('POST', path, { body, ...(idempotencyKey !== undefined && { idempotencyKey }) });
  }

  /** Every item of a list, page after page. */
  async *list<T>(path: string, query: RequestOptions['query'] = {}): AsyncGenerator<T> {
    let cursor: string | undefined;
    do {
      const page: { items: T[]; cursor?: string } = await this.get(path, { ...query, cursor });
      yield* page.items;
      // A page without items may lead on: the hub looked at many and none was wanted.
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
}
