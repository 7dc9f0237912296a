import { createHmac } from 'node:crypto';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { StoredAttachment, WrittenAttachment } from '../../../schemas/stored/attachments.ts';
import type { AttachmentMacs } from '../../../functions/datasets/attachments/references.ts';
import type { Attachments } from '../../../functions/intake/ports.ts';

/** As KMS's, by a secret that stands here. */
export const testAttachmentMacs: AttachmentMacs = {
  keyed: async (purpose) => (text) => createHmac('sha256', `test ${purpose}`).update(text).digest('base64'),
};

/** @param stands whether a resource is as it was read */
export function memoryAttachments(
  stands: (read: Parameters<Attachments['dispose']>[1]) => boolean = () => true,
  evidence: Evidence[] = [],
): Attachments {
  const begun = new Map<string, WrittenAttachment>();
  const kept = new Map<string, StoredAttachment>();
  const keyOf = ({ uploadId, epoch, digest }: WrittenAttachment) => `${uploadId} ${epoch} ${digest}`;
  return {
    begin: async (written) => void begun.set(keyOf(written), written),
    keep: async (attachment) => void kept.set(keyOf(attachment), attachment),
    find: async (written) => kept.get(keyOf(written)),
    async *ofUpload(uploadId) {
      yield* [...begun.values()].filter((written) => written.uploadId === uploadId);
    },
    named: async (resourceId, digest) =>
      [...kept.values()]
        .filter((attachment) => attachment.resourceId === resourceId && attachment.digest === digest)
        .toSorted((a, b) => b.sequence - a.sequence || b.epoch - a.epoch),
    async note(written, unnamedSince) {
      const there = begun.get(keyOf(written));
      const { unnamedSince: _was, ...rest } = { unnamedSince, ...there };
      if (there && !there.disposed)
        begun.set(keyOf(written), {
          ...(rest as WrittenAttachment),
          ...(unnamedSince !== undefined && { unnamedSince }),
        });
    },
    async dispose(unnamed, read, item) {
      const isThere = (one: WrittenAttachment) => {
        const there = begun.get(keyOf(one));
        return there !== undefined && there.unnamedSince === one.unnamedSince && !there.disposed;
      };
      if (!stands(read) || !unnamed.every(isThere)) return false;
      for (const one of unnamed) {
        begun.set(keyOf(one), { ...one, disposed: true });
        kept.delete(keyOf(one));
      }
      evidence.push(item);
      return true;
    },
    async forget(written) {
      begun.delete(keyOf(written));
      kept.delete(keyOf(written));
    },
  };
}
