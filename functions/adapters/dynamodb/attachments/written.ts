import { StoredAttachment, WrittenAttachment } from '../../../../schemas/stored/attachments.ts';
import type { Attachments } from '../../../intake/ports.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import { commitOwn, put, remove } from '../table/write.ts';
import { namedAttachments } from './named.ts';

/** Each under its name, and beside its upload from before its object on. */
export const dynamoAttachments = (table: Table): Attachments => ({
  begin: (written) =>
    commitOwn(table, [put(table, toItem('attachment-written', besideUpload(written), written))], what(written)),

  keep: (attachment) =>
    commitOwn(table, [put(table, toItem('attachment', byName(attachment), attachment))], what(attachment)),

  async find(written) {
    const item = await readItem(table, byName(written));
    return item && fromItem(StoredAttachment, item);
  },

  async *ofUpload(uploadId) {
    const { pk } = keyOf.upload(uploadId);
    for await (const { item } of walk(table, { from: { pk, prefix: 'ATTACHMENT#' } }))
      yield fromItem(WrittenAttachment, item);
  },

  async named(resourceId, digest) {
    const found: StoredAttachment[] = [];
    for await (const attachment of namedAttachments(table, resourceId, digest)) found.push(attachment);
    return found;
  },

  forget: (written) =>
    commitOwn(table, [remove(table, byName(written)), remove(table, besideUpload(written))], what(written)),
});

const besideUpload = ({ uploadId, epoch, digest }: WrittenAttachment) =>
  keyOf.attachmentWritten(uploadId, epoch, digest);
const byName = ({ resourceId, digest, sequence, epoch }: WrittenAttachment) =>
  keyOf.attachment(resourceId, digest, sequence, epoch);
const what = ({ uploadId }: WrittenAttachment): string => `an attachment of upload ${uploadId}`;
