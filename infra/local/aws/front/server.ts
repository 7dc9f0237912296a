import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import type { AwsEndpointOptions, Principal } from '../contracts.ts';
import { headersOf } from '../../headers.ts';
import { headerReader, targetOf } from '../s3/call.ts';
import { answerS3 } from '../s3/service.ts';
import type { ObjectStore } from '../s3/store.ts';
import { splitUrl } from '../sigv4/canonical.ts';
import { verifySigV4, type SigV4Outcome } from '../sigv4/verify.ts';
import { answerSts } from '../sts/caller-identity.ts';
import { readBody } from './body.ts';
import { errorReply, signatureRefusal } from './errors.ts';
import { serviceOf, type Service } from './identify.ts';
import { permitFor, type Permit } from './permission.ts';
import { AwsRefusal, notImplemented, starting } from './refusal.ts';
import { dateFor, send, type Reply } from './reply.ts';

/** A service of the JSON protocol: an operation, its parsed body, and what the caller may. */
export interface JsonCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly permit: Permit;
  readonly principal: Principal;
  /** `X-Amzn-Trace-Id`, which SDKs send from within a function. */
  readonly trace: string | undefined;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
}
type JsonService = (call: JsonCall) => Promise<object>;

export interface FrontOptions extends Pick<
  AwsEndpointOptions,
  'principals' | 'clock' | 'before' | 'ready' | 'region' | 'authorize'
> {
  readonly store: ObjectStore;
  readonly dynamodb: JsonService;
  readonly sqs: JsonService;
  readonly kms: JsonService;
  readonly athena: JsonService;
}

/** How each service's operations are named in `X-Amz-Target`; `TrentService` is KMS. */
const TARGETS = {
  dynamodb: 'DynamoDB_20120810.',
  sqs: 'AmazonSQS.',
  kms: 'TrentService.',
  athena: 'AmazonAthena.',
} as const;

/** Above DynamoDB's 16 MiB of one BatchWriteItem and SQS's 1 MiB. */
const MAX_JSON_BYTES = 20 * 1024 * 1024;
const UPLOAD_MS = 6 * 3_600_000;
/** Longer than SDKs keep idle connections, so that they, not we, close first. */
const KEEP_ALIVE_MS = 75_000;

export function createFront(options: FrontOptions): Server {
  const server = createServer({ requestTimeout: UPLOAD_MS, keepAliveTimeout: KEEP_ALIVE_MS });
  const on = (waiting: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    // Errors of the socket end the exchange in the stream calls that notice them; here they only must not be fatal.
    request.on('error', () => response.destroy());
    response.on('error', () => request.destroy());
    new Exchange(request, response, options, waiting).run().catch(() => response.destroy());
  };
  server.on('request', on(false));
  server.on('checkContinue', on(true));
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #options: FrontOptions;
  readonly #service: Service;
  readonly #url: string;
  readonly #waiting: boolean;
  #principal: Principal | undefined;
  /** By which the request was signed. */
  #time: Date | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, options: FrontOptions, waiting: boolean) {
    this.#request = request;
    this.#response = response;
    this.#options = options;
    this.#waiting = waiting;
    this.#url = request.url ?? '/';
    this.#service = serviceOf(request);
  }

  async run(): Promise<void> {
    const reply = await this.#answer().catch((error: unknown) => {
      if (!(error instanceof AwsRefusal) && !this.#request.destroyed) process.emitWarning(faultOf(error));
      return errorReply(this.#service, error, this.#method, splitUrl(this.#url).path);
    });
    if (this.#response.destroyed || this.#response.headersSent) return;
    this.#response.setHeader('date', dateFor(this.#principal, this.#time ?? this.#options.clock()));
    this.#response.setHeader('x-amzn-requestid', crypto.randomUUID());
    await send(this.#request, this.#response, reply);
  }

  get #method(): string {
    return this.#request.method ?? 'GET';
  }

  #answer(): Promise<Reply> {
    return this.#service === 's3' ? this.#answerS3() : this.#answerBuffered(this.#service);
  }

  async #answerS3(): Promise<Reply> {
    const { payloadHash, permit, principal } = this.#authenticate(undefined);
    return answerS3({
      ...targetOf(this.#url),
      principal,
      permit,
      payloadHash,
      method: this.#method,
      header: headerReader(this.#request),
      headerNames: Object.keys(headersOf(this.#request)),
      request: this.#request,
      store: this.#options.store,
      invite: () => this.#invite(),
    });
  }

  async #answerBuffered(service: Exclude<Service, 's3'>): Promise<Reply> {
    this.#invite();
    const body = await readBody(this.#request, MAX_JSON_BYTES);
    const { permit, principal } = this.#authenticate(body);
    if (this.#method !== 'POST') throw notImplemented(`The method ${this.#method} of this service`);
    if (service === 'sts') return answerSts(principal, body.toString('utf8'));
    const call = {
      operation: this.#operation(service),
      input: jsonOf(body),
      permit,
      principal,
      trace: this.#request.headersDistinct['x-amzn-trace-id']?.[0],
      gone: this.#gone(),
    };
    const output = await this.#options[service](call);
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return { status: 200, headers, body: JSON.stringify(output) };
  }

  #authenticate(body: Buffer | undefined): { payloadHash: string; permit: Permit; principal: Principal } {
    const { principals, clock, before, ready, region, authorize } = this.#options;
    if (ready?.() === false) throw starting();
    const outcome: SigV4Outcome = verifySigV4(
      {
        method: this.#method,
        url: this.#url,
        headers: headersOf(this.#request),
        ...(body ? { body } : {}),
      },
      (id) => principals.byAccessKey(id),
      { service: this.#service, region, clock, before },
    );
    this.#principal = outcome.principal;
    if (!outcome.ok) throw signatureRefusal(this.#service, outcome);
    const { principal, payloadHash, time } = outcome;
    this.#time = time;
    return { payloadHash, principal, permit: permitFor(principal, this.#service, authorize) };
  }

  #operation(service: keyof typeof TARGETS): string {
    const prefix = TARGETS[service];
    const target = headersOf(this.#request)['x-amz-target']?.[0] ?? '';
    if (target.startsWith(prefix)) return target.slice(prefix.length);
    throw notImplemented(`${service} without X-Amz-Target (the query protocol)`);
  }

  #gone(): AbortSignal {
    const controller = new AbortController();
    // After an answer nobody waits for it any more, and each abort makes an error with its stack.
    this.#response.once('close', () => {
      if (!this.#response.writableFinished) controller.abort();
    });
    return controller.signal;
  }

  #invite(): void {
    if (this.#waiting) this.#response.writeContinue();
  }
}

function jsonOf(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Refused below like any other body that is no JSON object.
  }
  throw new AwsRefusal(400, 'SerializationException', 'The request body is not a JSON object.');
}

/** The place of a fault without its message, which may quote what a client sent. */
function faultOf(error: unknown): string {
  const stack =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')) : [];
  const name = error instanceof Error ? error.name : typeof error;
  return [`Fault in the local AWS endpoint: ${name}`, ...stack.slice(0, 6)].join('\n');
}
