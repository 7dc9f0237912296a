import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { type StoredUpload, UnderWayItem } from '../../../../schemas/stored/uploads.ts';
import type { UnderWay } from '../../../intake/ports.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { queried } from '../table/walk.ts';
import { putNew, remove, type Write } from '../table/write.ts';

/** Beside the announced upload: what finds it by its number, until it has a verdict. */
export const writeUnderWay = (table: Table, { resourceId, sequence, uploadId }: StoredUpload): Write =>
  putNew(
    table,
    toItem('upload-under-way', keyOf.underWay(resourceId, sequence), {
      sequence,
      uploadId,
    } satisfies UnderWay),
  );

/** With its verdict. An upload from before there were such items has none to remove. */
export const removeUnderWay = (table: Table, { resourceId, sequence }: StoredUpload): Write =>
  remove(table, keyOf.underWay(resourceId, sequence));

/** Lower than any sequence number, and higher. */
const all = { after: 0, before: 1_000_000_000 };

/** Numbers between two others, both left out; lowest first; strongly consistent. */
export async function* readUnderWay(
  table: Table,
  resourceId: ResourceId,
  { after, before } = all,
): AsyncGenerator<UnderWay> {
  if (before - after < 2) return;
  const [first, last] = [keyOf.underWay(resourceId, after + 1), keyOf.underWay(resourceId, before - 1)];
  const found = queried(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':pk': first.pk, ':first': first.sk, ':last': last.sk },
  });
  for await (const item of found) yield fromItem(UnderWayItem, item);
}
