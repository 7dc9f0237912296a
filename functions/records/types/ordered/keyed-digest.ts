import { hash } from 'node:crypto';
import { orderedKey } from './ordered-text.ts';

const BLOCK = 64;
const DIGEST = 32;

/**
 * What stands for a key where its values are not to be seen: HMAC-SHA-256 of its parts' ordered texts as one (`orderedKey`), in
 * UTF-8, as lower-case hexadecimal digits. Equal keys, and only those, have equal digests by one secret; without it a digest says
 * nothing of its key, and cannot be held against one by another secret.
 *
 * In two steps (RFC 2104), whose blocks are made once: `createHmac` takes 15 µs of processor time a key, this a fifth of it.
 * @param secret at most 64 bytes
 */
export function keyedDigest(secret: Uint8Array): (parts: readonly string[]) => string {
  if (secret.length > BLOCK) throw new Error('a secret is longer than a block of SHA-256');
  const inner = padded(secret, 0x36);
  const outer = Buffer.concat([padded(secret, 0x5c), Buffer.alloc(DIGEST)]);
  return (parts) => {
    const message = Buffer.concat([inner, Buffer.from(orderedKey(parts))]);
    hash('sha256', message, 'buffer').copy(outer, BLOCK);
    return hash('sha256', outer, 'hex');
  };
}

const padded = (secret: Uint8Array, byte: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: BLOCK }, (_, i) => (secret[i] ?? 0) ^ byte));

/** Whether a text can be such a digest. */
export const isKeyedDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
