import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import { MailboxItem } from '../../../../schemas/stored/delivery.ts';
import { stepAside } from '../table/contention.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';

/** Many deliveries to one consumer at once count on the same number; each round lets at least one of them through. */
export const ATTEMPTS = 60;

/** Before another attempt. */
export const pause = (attempt: number): Promise<void> => stepAside(Math.min(200, 5 * attempt));

/** The last position in a consumer's history, 0 before the first. */
export async function lastPosition(table: Table, department: DepartmentId): Promise<number> {
  const item = await readItem(table, keyOf.mailbox(department));
  return item ? fromItem(MailboxItem, item).position : 0;
}

/** The end of a consumer's history moves on, if nobody else has moved it. */
export const moveMailbox = (table: Table, department: DepartmentId, last: number, position: number): Write => ({
  Put: {
    TableName: table.name,
    Item: toItem('mailbox', keyOf.mailbox(department), { department, position }),
    ...(last === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#position = :last',
          ExpressionAttributeNames: { '#position': 'position' },
          ExpressionAttributeValues: { ':last': last },
        }),
  },
});
