import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../aws/front/body.ts';
import { AwsRefusal } from '../aws/front/refusal.ts';
import { gatewayOf, type Gateway, type GatewayOptions } from './gateway.ts';
import type { ApiReply } from './gateway-reply.ts';

/** Payload quota of a REST API. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Longer than HTTP clients keep idle connections, so that they, not we, close first. */
const KEEP_ALIVE_MS = 75_000;

/** Stands in for API Gateway on one port. */
export function apiServer(options: GatewayOptions): Server {
  const gateway = gatewayOf(options);
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const requestId = randomUUID();
    request.on('error', () => response.destroy());
    answer(gateway, request, requestId)
      .then((reply) => send(request, response, reply, requestId))
      .catch((error: unknown) => {
        if (!request.destroyed) process.emitWarning(error instanceof Error ? error : String(error));
        response.destroy();
      });
  });
}

async function answer(gateway: Gateway, request: IncomingMessage, requestId: string): Promise<ApiReply> {
  const body = await bodyOf(request);
  if (!body) return gateway.refuse('REQUEST_TOO_LARGE', { requestId, message: 'Request Too Long' });
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const [path, query] = mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
  return gateway.answer({ request, method: request.method ?? '', url, path, query, body, requestId });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  try {
    return await readBody(request, MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof AwsRefusal && error.status === 413) return undefined;
    throw error;
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: ApiReply,
  requestId: string,
): void {
  // What was refused before it was read whole is read on for a moment, so that the client gets to see the answer.
  if (!request.complete) {
    response.setHeader('connection', 'close');
    request.resume();
    setTimeout(() => request.destroy(), 3_000).unref();
  }
  response.writeHead(status, {
    ...Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    'x-amzn-requestid': requestId,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
