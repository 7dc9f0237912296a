import { createHash } from 'node:crypto';

/** Follows bytes chunk by chunk, and says at their end what proves them. */
export interface Digester<Digest extends object> {
  update(chunk: Uint8Array): void;
  /** Once only. */
  digest(): Digest;
}

export interface Sha256 {
  /** In base64. */
  readonly sha256: string;
}

export function sha256(): Digester<Sha256> {
  const hash = createHash('sha256');
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => ({ sha256: hash.digest('base64') }),
  };
}

/** For bytes that nobody wants proved, or whose sink proves them itself: no time is spent, and there is no digest. */
export const noDigest = (): Digester<object> => ({ update: () => {}, digest: () => ({}) });
