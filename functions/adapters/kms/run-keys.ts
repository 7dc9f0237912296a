import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { RunKeys } from '../../compare/stores.ts';
import { Fault } from '../../kernel/fault.ts';
import { macOf } from './macs.ts';

const CIPHER = 'aes-256-gcm';
const authTagLength = 16;
/** Each secret seals one key. */
const NONCE = Buffer.alloc(12);

/**
 * Seals keys by secrets that KMS makes, one for each comparison and its salt: without the salt nobody has that secret made
 * again, whatever else is kept.
 */
export function kmsRunKeys(client: KMSClient, keyId: string): RunKeys {
  const secretOf = (comparisonId: string, salt: string): Promise<Uint8Array> =>
    macOf(client, keyId, `comparisons 1 blind ${comparisonId} ${salt}`);
  return {
    async seal(comparisonId, key) {
      const salt = randomBytes(32).toString('base64');
      const cipher = createCipheriv(CIPHER, await secretOf(comparisonId, salt), NONCE, { authTagLength });
      const sealed = [cipher.update(key, 'base64'), cipher.final(), cipher.getAuthTag()];
      return { salt, sealed: Buffer.concat(sealed).toString('base64') };
    },
    async open(comparisonId, { salt, sealed }) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(CIPHER, await secretOf(comparisonId, salt), NONCE, { authTagLength });
      try {
        decipher.setAuthTag(bytes.subarray(-authTagLength));
        return Buffer.concat([decipher.update(bytes.subarray(0, -authTagLength)), decipher.final()]);
      } catch {
        throw new Fault(`the key of comparison ${comparisonId} is not what was sealed`);
      }
    },
  };
}
