import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';

import type { Principal } from '../contracts.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  /** A text, or what writes the body; the answer is ended for it. */
  readonly body?: string | ((out: Writable) => Promise<void>);
}

/**
 * The Date header by which SDKs correct their own clock: the hub's time for functions, a running one's own, and real
 * time for everybody else.
 */
export const dateFor = (principal: Principal | undefined, hubTime: Date): string =>
  (principal?.kind === 'function' ? hubTime : new Date()).toUTCString();

/** How much of a refused body is still read, so that the client gets to see why it was refused. */
const DRAIN_MS = 3_000;

export async function send(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  if (!request.complete) drain(request, response);
  response.writeHead(reply.status, { ...reply.headers });
  if (reply.body === undefined || typeof reply.body === 'string') {
    response.end(reply.body ?? '');
    return;
  }
  // A reader that went away is no fault.
  await reply.body(response).then(
    () => response.end(),
    () => response.destroy(),
  );
}

function drain(request: IncomingMessage, response: ServerResponse): void {
  if (request.destroyed) return;
  response.setHeader('connection', 'close');
  request.resume();
  const giveUp = setTimeout(() => request.destroy(), DRAIN_MS);
  giveUp.unref();
  request.once('close', () => clearTimeout(giveUp));
}
