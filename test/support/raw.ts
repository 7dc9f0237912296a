import { signedSend, type Endpoint } from '../../clients/protocol/signed.ts';

export interface RawCall {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Raw = (method: string, path: string, call?: RawCall) => Promise<RawAnswer>;

/** Sends what no client would: a route that is not there, a body of another shape, under another signature. */
export function raw(endpoint: Endpoint): Raw {
  const send = signedSend(endpoint);
  return async (method, path, { query = {}, body, idempotencyKey } = {}) => {
    const { status, headers, text } = await send({
      method,
      path,
      query,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status, headers, body: text === '' ? undefined : JSON.parse(text) };
  };
}
