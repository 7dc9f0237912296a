import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { ALGORITHM, type Claim } from './credential.ts';

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The signature that the owner of the key would have made. Source: IAM User Guide, steps 2 to 4. */
export function signatureOf(canonical: string, claim: Claim, secretAccessKey: string): string {
  const scope = `${claim.scopeDate}/${claim.region}/${claim.service}/aws4_request`;
  const toSign = `${ALGORITHM}\n${claim.timestamp}\n${scope}\n${sha256Hex(canonical)}`;
  const key = [claim.region, claim.service, 'aws4_request'].reduce(
    hmac,
    hmac(`AWS4${secretAccessKey}`, claim.scopeDate),
  );
  return hmac(key, toSign).toString('hex');
}

export function sameSignature(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
