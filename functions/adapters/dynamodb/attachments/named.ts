import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { type AttachmentDigest, StoredAttachment } from '../../../../schemas/stored/attachments.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';

/** The attachments of one name, of all attempts at all uploads, the newest announced first; strongly consistent. */
export async function* namedAttachments(
  table: Table,
  resourceId: ResourceId,
  digest: AttachmentDigest,
): AsyncGenerator<StoredAttachment> {
  const { pk } = keyOf.attachment(resourceId, digest, 0, 0);
  for await (const { item } of walk(table, { from: { pk, prefix: 'UPLOAD#' }, newestFirst: true }))
    yield fromItem(StoredAttachment, item);
}
