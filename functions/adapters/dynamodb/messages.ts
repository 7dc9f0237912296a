import { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import { after } from '../../kernel/time.ts';
import type { Outbox } from '../../notices/ports.ts';
import { change } from './table/change.ts';
import { fromItem, toItem } from './table/items.ts';
import { keyOf } from './table/keys.ts';
import { readItem, type Table } from './table/reads.ts';
import { due } from './table/walk.ts';
import { commit, put, remove, type Write } from './table/write.ts';

/** The sweeper looks after a notice that nobody sent this long after it was committed. */
const LOOK_AFTER = { minutes: 1 };

/** Notices that commit with what they tell of. One that is there already is the same one. */
export const writeMessages = (table: Table, messages: readonly OutgoingNotice[]): readonly Write[] =>
  messages.map((message) =>
    put(
      table,
      toItem('message', keyOf.message(message.notice.noticeId), message, {
        due: {
          partition: 'MESSAGE',
          at: after(message.notice.at, LOOK_AFTER),
        },
      }),
    ),
  );

export const dynamoOutbox = (table: Table): Outbox => ({
  async find(id) {
    const item = await readItem(table, keyOf.message(id));
    return item && fromItem(OutgoingNotice, item);
  },
  async *due(until) {
    // Whether it can be read is found out by itself: one that cannot must not hide those behind it.
    for await (const { notice } of due(table, 'MESSAGE', until)) yield (notice as OutgoingNotice['notice']).noticeId;
  },
  async postpone(id, lookAgainAt) {
    await commit(table, [
      change(table, keyOf.message(id), { set: { dueSk: lookAgainAt }, when: 'attribute_exists(#pk)' }),
    ]);
  },
  async forget(id) {
    await commit(table, [remove(table, keyOf.message(id))]);
  },
});
