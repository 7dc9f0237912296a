import { createHash, createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

import { ALGORITHM, type Claim } from './credential.ts';

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Uint8Array | KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** The signature that the owner of the key would have made. Source: IAM User Guide, steps 2 to 4. */
export function signatureOf(canonical: string, claim: Claim, secretAccessKey: string): string {
  const scope = `${claim.scopeDate}/${claim.region}/${claim.service}/aws4_request`;
  const toSign = `${ALGORITHM}\n${claim.timestamp}\n${scope}\n${sha256Hex(canonical)}`;
  return hmac(signingKey(claim, secretAccessKey), toSign).toString('hex');
}

/** Keys are good for a day, a region and a service; making one takes four times what signing with it takes. */
const signingKeys = new Map<string, KeyObject>();
/** A few hundred principals, each in a handful of services, on the days about now. */
const MOST_KEYS = 5000;

function signingKey({ scopeDate, region, service }: Claim, secretAccessKey: string): KeyObject {
  const of = JSON.stringify([secretAccessKey, scopeDate, region, service]);
  const known = signingKeys.get(of);
  if (known) return known;
  const bytes = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secretAccessKey}`, scopeDate));
  const key = createSecretKey(bytes);
  if (signingKeys.size >= MOST_KEYS) signingKeys.clear();
  signingKeys.set(of, key);
  return key;
}

export function sameSignature(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
