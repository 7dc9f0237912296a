import { randomUUID } from 'node:crypto';
import type { AgreementId, ResourceId, WatchId } from '../../../../schemas/contracts/ids.ts';
import { DueItem } from '../../../../schemas/stored/due.ts';
import type { News, Watches } from '../../../compare/watches/ports.ts';
import { mark, marked, markedIds, markOf, postpone, unmark } from '../table/due.ts';
import { fromItem } from '../table/items.ts';
import { keyOf, type Key, type Purpose } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { commit, type Write } from '../table/write.ts';

/** When the sweeper looks at a watch. */
export const whenDue = (table: Table, watchId: WatchId, at: string): Write =>
  mark(table, 'key-watch', keyOf.watch(watchId), { watchId, token: randomUUID() }, at);

/** Watches of the resource's records are to hear of it: in the transaction that makes it so. */
export const newsOf = (
  table: Table,
  { resourceId, agreementId }: { readonly resourceId: ResourceId; readonly agreementId?: AgreementId },
  at: string,
): Write => {
  const about = { resourceId, ...(agreementId !== undefined && { agreementId }) };
  return mark(table, 'watched', newsKey(about), { ...about, token: randomUUID() }, at);
};

/** Standing orders whose list the resource is are to hear of its dataset: in the transaction that puts it in force. */
export const listNewsOf = (table: Table, resourceId: ResourceId, at: string): Write =>
  mark(table, 'listed', keyOf.resource(resourceId), { resourceId, token: randomUUID() }, at);

const newsKey = ({ resourceId, agreementId }: Omit<News, 'token'>): Key =>
  agreementId === undefined ? keyOf.resource(resourceId) : keyOf.agreement(agreementId);

type Marks = Pick<Watches, 'due' | 'postpone' | 'markOf' | 'rest' | 'wake' | 'news' | 'heard'>;

export const watchMarks = (table: Table): Marks => ({
  due: (until) => markedIds(table, 'key-watch', 'watchId', until),
  async postpone(id, at) {
    await postpone(table, 'key-watch', keyOf.watch(id), at);
  },
  markOf: async (id) => (await markOf(table, 'key-watch', keyOf.watch(id)))?.token,
  async rest(id, token) {
    if (token !== undefined) await takeAway(table, 'key-watch', keyOf.watch(id), token);
  },
  async wake(id, at) {
    await commit(table, [whenDue(table, id, at)]);
  },
  async *news(until) {
    for await (const item of marked(table, 'watched', until)) {
      const { resourceId, agreementId, token } = fromItem(DueItem, item);
      if (resourceId !== undefined && token !== undefined) yield { resourceId, agreementId, token };
    }
  },
  async heard(news) {
    await takeAway(table, 'watched', newsKey(news), news.token);
  },
});

/** Unless it was marked again since. */
export async function takeAway(table: Table, purpose: Purpose, key: Key, token: string): Promise<void> {
  await commit(table, [
    unmark(table, purpose, key, {
      ConditionExpression: '#token = :seen',
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: { ':seen': token },
    }),
  ]);
}
