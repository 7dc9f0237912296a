import { StoredSegment } from '../../../schemas/contracts/segments.ts';
import type { SegmentFence, Segments } from '../../intake/ports.ts';
import { keyOf } from './keys.ts';
import { commit, fromItem, putNew, readItem, toItem, walk, type Table, type Write } from './table.ts';

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

  put: async (next, was) => (await commit(table, [was ? putOver(table, next, was) : putFirst(table, next)])).committed,
});

const itemOf = (segment: StoredSegment) =>
  toItem('upload-segment', keyOf.segment(segment.uploadId, segment.number), segment);

const putFirst = (table: Table, segment: StoredSegment): Write => putNew(table, itemOf(segment));

const putOver = (table: Table, next: StoredSegment, { state, epoch, leaseUntil }: SegmentFence): Write => ({
  Put: {
    TableName: table.name,
    Item: itemOf(next),
    ConditionExpression: `#state = :state AND epoch = :epoch${leaseUntil === undefined ? '' : ' AND leaseUntil = :lease'}`,
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':state': state,
      ':epoch': epoch,
      ...(leaseUntil !== undefined && { ':lease': leaseUntil }),
    },
  },
});
