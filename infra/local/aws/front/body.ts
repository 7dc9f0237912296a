import type { IncomingMessage } from 'node:http';

import { AwsRefusal } from './refusal.ts';

/** The body as it arrives; leaving the loop early keeps the connection for the answer. */
export const pieces = (request: IncomingMessage): AsyncIterable<Buffer> =>
  request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;

/** Reads a whole body that is at most `limit` bytes long. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const bytes of pieces(request)) {
    length += bytes.length;
    if (length > limit) throw new AwsRefusal(413, 'RequestEntityTooLarge', 'The request is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
