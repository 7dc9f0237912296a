import { Quality } from '../../../../schemas/contracts/quality.ts';
import type { Qualities } from '../../../intake/ports.ts';
import { changeOf } from '../table/change.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { pageOf } from '../table/walk.ts';
import { put, update, type Write } from '../table/write.ts';

/** What a verdict found; one that comes after it, of an upload that was held, takes its place. */
export const writeQuality = (table: Table, quality: Quality | undefined): readonly Write[] =>
  quality ? [put(table, toItem('quality', keyOf.quality(quality.resourceId, quality.sequence), quality))] : [];

export const dynamoQualities = (table: Table): Qualities => ({
  list: (resourceId, page) =>
    pageOf(
      table,
      { from: { pk: keyOf.resource(resourceId).pk, prefix: 'QUALITY#' }, newestFirst: true },
      page,
      (item) => fromItem(Quality, item),
    ),

  describe: ({ resourceId, sequence, uploadId }, fields) =>
    update(
      table,
      changeOf(table, keyOf.quality(resourceId, sequence), {
        set: { fields },
        when: '#uploadId = :uploadId AND attribute_exists(#datasetVersion)',
        values: { uploadId },
      }),
    ),
});
