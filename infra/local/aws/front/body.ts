import type { IncomingMessage } from 'node:http';

import { AwsRefusal } from './refusal.ts';

/** Reads a whole body that is at most `limit` bytes long. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = chunk;
    length += bytes.length;
    if (length > limit) throw new AwsRefusal(413, 'RequestEntityTooLarge', 'The request is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
