import { z } from 'zod';
import type { HubClock } from '../clock.ts';
import type { ApiReply } from './gateway-reply.ts';

/** Paths below this are the local hub's own and no part of the protocol. */
export const CONTROL_PREFIX = '/_local/';

const Step = z.union([z.strictObject({ advance: z.number().min(0) }), z.strictObject({ to: z.iso.datetime() })]);

export interface ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly contentType: string;
  readonly body: string;
}

/** A page of the web whose name was made to mean this machine says its own name here. */
const LOOPBACK = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * `GET /_local/clock` tells the hub's time; `POST /_local/clock` moves it forward: `{"advance": seconds}` or
 * `{"to": "2026-12-01T00:00:00Z"}`. Not signed: only this machine reaches it, and browsers cannot send JSON
 * across origins without asking.
 */
export function controlReply(clock: HubClock, { method, path, host, contentType, body }: ControlRequest): ApiReply {
  if (!LOOPBACK.test(host)) return json(403, { message: 'ask as 127.0.0.1 or localhost' });
  if (path !== `${CONTROL_PREFIX}clock`)
    return json(404, { message: `the local hub knows ${CONTROL_PREFIX}clock only` });
  if (method === 'GET') return told(clock);
  if (method !== 'POST') return json(405, { message: 'GET or POST' });
  if (!contentType.startsWith('application/json')) return json(415, { message: 'content-type: application/json' });
  const step = Step.safeParse(parsed(body));
  if (!step.success) return json(400, { message: 'send {"advance": seconds} or {"to": "2026-12-01T00:00:00Z"}' });
  try {
    clock.advance('advance' in step.data ? step.data.advance * 1000 : Date.parse(step.data.to) - clock.now().getTime());
  } catch (error) {
    if (error instanceof RangeError) return json(409, { message: error.message });
    throw error;
  }
  return told(clock);
}

const told = (clock: HubClock): ApiReply =>
  json(200, { now: clock.now().toISOString(), aheadSeconds: clock.offset() / 1000 });

const json = (status: number, value: object): ApiReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
