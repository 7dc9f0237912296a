import { createHmac } from 'node:crypto';
import type { StoredAttachment, WrittenAttachment } from '../../../schemas/stored/attachments.ts';
import type { AttachmentMacs } from '../../../functions/datasets/attachments/references.ts';
import type { Attachments } from '../../../functions/intake/ports.ts';

/** As KMS's, by a secret that stands here. */
export const testAttachmentMacs: AttachmentMacs = {
  keyed: async (purpose) => (text) => createHmac('sha256', `test ${purpose}`).update(text).digest('base64'),
};

export function memoryAttachments(): Attachments {
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
    async forget(written) {
      begun.delete(keyOf(written));
      kept.delete(keyOf(written));
    },
  };
}
