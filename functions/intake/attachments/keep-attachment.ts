import type { AttachmentDigest } from '../../../schemas/stored/attachments.ts';
import type { Picture } from '../../records/index.ts';
import type { Claimed } from '../domain/claim.ts';
import { attachmentKey } from '../domain/places.ts';
import type { Intake } from '../ports.ts';

/**
 * First what finds it whatever becomes of this attempt, then the object, then the attachment. Nobody is given it before the
 * upload is accepted, and by this very attempt.
 */
export async function keepAttachment(
  { attachments, checked }: Pick<Intake, 'attachments' | 'checked'>,
  { resourceId, uploadId, sequence, epoch }: Claimed,
  digest: AttachmentDigest,
  picture: Picture | undefined,
): Promise<void> {
  const written = { resourceId, digest, uploadId, sequence, epoch };
  await attachments.begin(written);
  if (!picture) return attachments.keep(written);
  const { type, sha256 } = picture;
  const { versionId, bytes } = await put(checked, attachmentKey(written), picture.content);
  const object = { key: attachmentKey(written), versionId };
  await attachments.keep({ ...written, picture: { type, bytes, sha256, object } });
}

async function put(checked: Intake['checked'], key: string, content: Uint8Array) {
  const writer = checked.open(key);
  try {
    await writer.write(content);
    return await writer.close();
  } finally {
    await writer.abort();
  }
}
