import { ResourceMark } from '../../../../schemas/stored/catalog.ts';
import type { DueMark, Marks } from '../../../catalog/ports.ts';
import { writeMessages } from '../messages.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { due } from '../table/walk.ts';
import { commit, put, type Write } from '../table/write.ts';

/** The newer takes the place of an older one about the same event. */
export const writeResourceMark = (table: Table, { mark, at }: DueMark): Write =>
  put(
    table,
    toItem('resource-mark', keyOf.resourceMark(mark.resourceId, mark.event), mark, {
      due: { partition: 'RESOURCE', at },
    }),
  );

export const dynamoMarks = (table: Table): Marks => ({
  async *due(until) {
    for await (const item of due(table, 'RESOURCE', until)) yield fromItem(ResourceMark, item);
  },
  async forget({ resourceId, event, at }) {
    await commit(table, [
      {
        Delete: {
          TableName: table.name,
          Key: keyOf.resourceMark(resourceId, event),
          ConditionExpression: '#at = :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': at },
        },
      },
    ]);
  },
  async tell(notices) {
    await commit(table, writeMessages(table, notices));
  },
});
