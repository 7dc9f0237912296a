import { StoredSegment } from '../../../../schemas/stored/segments.ts';
import type { Segments } from '../../../intake/ports.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import { commit, putFenced, putNew } from '../table/write.ts';

/** Beside their upload, each from its arrival on. */
export const dynamoSegments = (table: Table): Segments => ({
  async find(uploadId, number) {
    const item = await readItem(table, keyOf.segment(uploadId, number));
    return item && fromItem(StoredSegment, item);
  },

  async list(uploadId) {
    const found: StoredSegment[] = [];
    for await (const { item } of walk(table, { from: { pk: keyOf.upload(uploadId).pk, prefix: 'SEGMENT#' } }))
      found.push(fromItem(StoredSegment, item));
    return found;
  },

  put: async (next, was) =>
    (await commit(table, [was ? putFenced(table, itemOf(next), was) : putNew(table, itemOf(next))])).committed,
});

const itemOf = (segment: StoredSegment) =>
  toItem('upload-segment', keyOf.segment(segment.uploadId, segment.number), segment);
