import { StoredAttachment, WrittenAttachment } from '../../../../schemas/stored/attachments.ts';
import type { Attachments } from '../../../intake/ports.ts';
import { writeEvidence } from '../evidence.ts';
import { change, changeOf } from '../table/change.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import { commit, commitOwn, onlyWhile, put, remove, update } from '../table/write.ts';
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

  async note(written, unnamedSince) {
    const changed = unnamedSince === undefined ? { remove: ['unnamedSince'] } : { set: { unnamedSince } };
    await update(
      table,
      changeOf(table, besideUpload(written), {
        ...changed,
        when: 'attribute_exists(#pk) AND attribute_not_exists(#disposed)',
      }),
    );
  },

  async dispose(unnamed, { resourceId, datasetVersion, lastSequence }, evidence) {
    const { committed } = await commit(table, [
      onlyWhile(table, keyOf.resource(resourceId), 'datasetVersion = :dataset AND lastSequence = :last', {
        ':dataset': datasetVersion,
        ':last': lastSequence,
      }),
      ...unnamed.flatMap((written) => [
        remove(table, byName(written)),
        change(table, besideUpload(written), {
          set: { disposed: true },
          when: '#unnamedSince = :since AND attribute_not_exists(#disposed)',
          values: { since: written.unnamedSince },
        }),
      ]),
      ...writeEvidence(table, evidence),
    ]);
    return committed;
  },
});

const besideUpload = ({ uploadId, epoch, digest }: WrittenAttachment) =>
  keyOf.attachmentWritten(uploadId, epoch, digest);
const byName = ({ resourceId, digest, sequence, epoch }: WrittenAttachment) =>
  keyOf.attachment(resourceId, digest, sequence, epoch);
const what = ({ uploadId }: WrittenAttachment): string => `an attachment of upload ${uploadId}`;
