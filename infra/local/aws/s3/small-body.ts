import { createHash } from 'node:crypto';

import { AwsRefusal, notImplemented } from '../front/refusal.ts';
import { UNSIGNED_PAYLOAD } from '../sigv4/verify.ts';
import type { S3Call } from './call.ts';

/** Compares a body that was read at once with the digest that its caller signed. */
export function compareBody({ payloadHash }: S3Call, body: Buffer): void {
  if (payloadHash === UNSIGNED_PAYLOAD) return;
  if (payloadHash.startsWith('STREAMING-')) throw notImplemented(`A chunked body of this call (${payloadHash})`);
  if (createHash('sha256').update(body).digest('hex') === payloadHash) return;
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  throw new AwsRefusal(400, 'XAmzContentSHA256Mismatch', message);
}
