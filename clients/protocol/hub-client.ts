import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Problem } from '../../schemas/contracts/problem.ts';

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
}

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

/** What the hub refused, in its own words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    const places = (problem.violations ?? []).map(({ path, rule, message }) => `\n  ${path} ${rule}: ${message}`).join('');
    super(`${problem.status} ${problem.code}: ${problem.detail}${places}`);
    this.problem = problem;
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
    const query = Object.entries(options.query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
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
    const response = await fetch(url, { method, headers: signed.headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  /** The body of a successful answer; anything else is thrown as `RefusedError`. */
  async call<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const answer = await this.ask<T>(method, path, options);
    if (answer.status >= 300) throw new RefusedError(answer.body as Problem);
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
      cursor = page.items.length > 0 ? page.cursor : undefined;
    } while (cursor !== undefined);
  }
}
