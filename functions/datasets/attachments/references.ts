import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { AttachmentDigest } from '../../../schemas/stored/attachments.ts';
import type { Macs } from '../../kernel/macs.ts';
import { attachmentName } from '../../records/index.ts';

/** What the hub keys for attachments: digests of their names, and the keys of references. */
export type AttachmentMacs = Macs<'name' | 'reference'>;

/** Of a block of AES. */
const DIGEST_BYTES = 16;

/** From the name of an attachment of a resource to what it is stored by. */
export async function digestsOf(
  macs: AttachmentMacs,
  resourceId: ResourceId,
): Promise<(name: string) => AttachmentDigest> {
  const mac = await macs.keyed('name');
  return (name) => digestOf(mac, resourceId, name).toString('hex');
}

const digestOf = (mac: (text: string) => string, resourceId: ResourceId, name: string): Buffer =>
  Buffer.from(mac(JSON.stringify([resourceId, attachmentName(name)])), 'base64').subarray(0, DIGEST_BYTES);

/** Where a reference stands: the records of one extract, or of one lookup. It leads to the attachment from there alone. */
export type Standing = { readonly extractId: string } | { readonly lookupId: string };

export interface References {
  /** What stands in the place of an attachment's name: 22 characters of base64url. */
  readonly refer: (name: string) => string;
  /** Of the attachment that a reference leads to; of any other text, one that no attachment has. */
  readonly digestIn: (reference: string) => AttachmentDigest | undefined;
}

const REFERENCE = /^[A-Za-z0-9_-]{22}$/;

/**
 * References of one place: the digest of the name, encrypted as one block by a key of that place. So whoever holds one was
 * given it there: none can be made without the key, none tells of the name, and the same name has another one elsewhere.
 * Nothing is kept of which there are.
 */
export async function referencesIn(
  macs: AttachmentMacs,
  resourceId: ResourceId,
  standing: Standing,
): Promise<References> {
  const [mac, secret] = await Promise.all([macs.keyed('name'), macs.keyed('reference')]);
  const key = Buffer.from(secret(JSON.stringify(standing)), 'base64');
  // One block and no more: there is nothing to chain, and the block cipher's streams are made once for all of them.
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return {
    refer: (name) => cipher.update(digestOf(mac, resourceId, name)).toString('base64url'),
    digestIn: (reference) => {
      if (!REFERENCE.test(reference)) return undefined;
      const block = Buffer.from(reference, 'base64url');
      // The last character has four bits too many: a text that differs in these alone is none that was given.
      return block.toString('base64url') === reference ? decipher.update(block).toString('hex') : undefined;
    },
  };
}
