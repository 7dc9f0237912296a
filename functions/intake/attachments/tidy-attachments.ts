import type { StoredAttachment, WrittenAttachment } from '../../../schemas/stored/attachments.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { each, tell } from '../../kernel/each.ts';
import type { Ended } from '../domain/ended.ts';
import { isTidiedNow } from '../domain/left-behind.ts';
import { attachmentKey } from '../domain/places.ts';
import type { Intake } from '../ports.ts';

type Ports = Pick<Intake, 'uploads' | 'attachments' | 'checked' | 'log'>;

const AT_ONCE = 8;

/**
 * An hour after the verdict on an upload of attachments: what its attempts wrote in vain goes, and what its attachments have
 * replaced, of which nobody has a URL any more. False where something is left to do.
 */
export async function tidyAttachments(ports: Ports, upload: Ended, now: string): Promise<boolean> {
  if (upload.content !== 'attachments') return true;
  const faults = await each(ports.attachments.ofUpload(upload.uploadId), AT_ONCE, async (written) => {
    if (isInVain(written, upload)) return removeAttachment(ports, written);
    for (const replaced of await replacedBy(ports, written, now)) await removeAttachment(ports, replaced);
  });
  tell(ports.log, 'attachments not tidied', faults);
  return faults.length === 0;
}

const isInVain = ({ epoch }: WrittenAttachment, upload: StoredUpload): boolean =>
  upload.state !== 'accepted' || epoch !== upload.epoch;

/**
 * Of the accepted ones of a name all but the newest; where that has not had its hour, none: it is tidied after in its turn.
 * One that was accepted after a newer one goes in its own turn; so the newest stays, also where it only takes away.
 */
async function replacedBy(
  { uploads, attachments }: Ports,
  { resourceId, digest }: WrittenAttachment,
  now: string,
): Promise<readonly StoredAttachment[]> {
  const found = await Promise.all(
    (await attachments.named(resourceId, digest)).map(async (attachment) => ({
      attachment,
      upload: await uploads.find(attachment.uploadId),
    })),
  );
  const accepted = found.flatMap(({ attachment, upload }) =>
    upload?.state === 'accepted' && !isInVain(attachment, upload) ? [{ attachment, upload }] : [],
  );
  const [newest, ...older] = accepted;
  // Its mark may be gone, once it was tidied after.
  const hasHadItsHour = newest && (newest.upload.lookAgainAt === undefined || isTidiedNow(newest.upload, now));
  return hasHadItsHour ? older.map(({ attachment }) => attachment) : [];
}

/** The object first: what is cut off is found again by what is left. */
async function removeAttachment(
  { attachments, checked }: Pick<Ports, 'attachments' | 'checked'>,
  written: WrittenAttachment,
): Promise<void> {
  const versionId = (await attachments.find(written))?.picture?.object.versionId;
  await checked.remove(attachmentKey(written), versionId);
  await attachments.forget(written);
}
