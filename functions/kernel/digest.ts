import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Base64 SHA-256 of a value's RFC 8785 canonical JSON: the same for the same content, however it was written. */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('base64');

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id that every retry derives again from the same parts: 130 bits of SHA-256 in 26 characters of base 32. */
export function derivedId(...parts: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  let bits = digest.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> 126n;
  let id = '';
  for (let position = 0; position < 26; position++) {
    id = alphabet[Number(bits & 31n)] + id;
    bits >>= 5n;
  }
  return id;
}

/** The SHA-256 of pieces together: that of the only one, or that of the raw digests of several, one behind the other. */
export function digestOfAll(pieces: readonly { readonly sha256: string }[]): string {
  const [only] = pieces;
  if (only && pieces.length === 1) return only.sha256;
  const hash = createHash('sha256');
  for (const { sha256 } of pieces) hash.update(sha256, 'base64');
  return hash.digest('base64');
}
