import { z } from 'zod';
import type { InvocationResult } from '../runtime/messages.ts';
import type { ApiReply } from './gateway-reply.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What a proxy integration must answer; API Gateway calls anything else a malformed response: 502. */
const ProxyResult = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), Scalar).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(Scalar)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Undefined where the function failed or its answer is not one. */
export function replyOf(invoked: InvocationResult): ApiReply | undefined {
  if (!invoked.ok) return undefined;
  const parsed = ProxyResult.safeParse(invoked.result);
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const merged = {
    'content-type': 'application/json',
    ...lowerCased(headers ?? {}),
    ...lowerCased(multiValueHeaders ?? {}),
  };
  return {
    status: statusCode,
    headers: merged,
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}

const lowerCased = <T>(headers: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
