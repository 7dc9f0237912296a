import { createHmac } from 'node:crypto';
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { AttachmentMacs } from '../../datasets/attachments/references.ts';
import { Fault } from '../../kernel/fault.ts';
import type { MacPurpose, Macs } from '../../kernel/macs.ts';

/**
 * Digests keyed by secrets that KMS makes of a key that never leaves it (an HMAC of the purpose's name, as in HKDF's
 * expansion, RFC 5869). A secret is asked for once in the life of a function and kept in its memory alone, so that a lookup
 * does not wait for KMS, nor depends on it, once the first one has been made.
 * @param of what the key is for, which is a part of what is digested
 */
export function kmsMacs<Purpose extends string = MacPurpose>(
  client: KMSClient,
  keyId: string,
  of: 'lookups' | 'attachments' = 'lookups',
): Macs<Purpose> {
  const secrets = new Map<Purpose, Promise<Uint8Array>>();
  const secretOf = (purpose: Purpose): Promise<Uint8Array> => {
    const known = secrets.get(purpose) ?? macOf(client, keyId, `${of} 1 ${purpose}`);
    secrets.set(purpose, known);
    // What failed is asked for again.
    known.catch(() => secrets.delete(purpose));
    return known;
  };
  return {
    async keyed(purpose) {
      const secret = await secretOf(purpose);
      return (text) => createHmac('sha256', secret).update(text).digest('base64');
    },
  };
}

/** Of names of attachments, and of what refers to them. */
export const kmsAttachmentMacs = (client: KMSClient, keyId: string): AttachmentMacs =>
  kmsMacs<'name' | 'reference'>(client, keyId, 'attachments');

/** The HMAC of a purpose, which begins with what its key is for. */
export async function macOf(client: KMSClient, keyId: string, purpose: string): Promise<Uint8Array> {
  const Message = new TextEncoder().encode(`exchange-hub ${purpose}`);
  const { Mac } = await client.send(new GenerateMacCommand({ KeyId: keyId, Message, MacAlgorithm: 'HMAC_SHA_256' }));
  if (Mac?.length !== 32) throw new Fault('KMS made no HMAC');
  return Mac;
}
