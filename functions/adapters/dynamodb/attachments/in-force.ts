import { StoredUpload } from '../../../../schemas/stored/uploads.ts';
import type { Attachments } from '../../../datasets/attachments/in-force.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { namedAttachments } from './named.ts';

/** It is the state of an upload that puts its attachments in force: nothing else is to be written for all of them at once. */
export const attachmentsInForce = (table: Table): Attachments => ({
  async inForce(resourceId, digest) {
    for await (const attachment of namedAttachments(table, resourceId, digest)) {
      const item = await readItem(table, keyOf.upload(attachment.uploadId));
      const upload = item && fromItem(StoredUpload, item);
      if (upload?.state === 'accepted' && upload.epoch === attachment.epoch) return attachment.picture;
    }
    return undefined;
  },
});
