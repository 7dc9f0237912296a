import type { ExtractId } from '../../../../schemas/contracts/ids.ts';
import { StoredExtract } from '../../../../schemas/stored/delivery.ts';
import type { Extracts } from '../../../delivery/ports.ts';
import { change } from '../table/change.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { commit, commitOwn, putNew } from '../table/write.ts';
import { attemptKey, dueExtracts, endAttempt, keyOfMark, writeAttempt } from './attempts.ts';

export const dynamoExtracts = (table: Table): Extracts => ({
  find: (id) => readExtract(table, id),

  async begin(attempts, lookAgainAt) {
    const writes = attempts.map((attempt) => writeAttempt(table, attempt, lookAgainAt));
    await commitOwn(table, writes, 'an attempt at an extract');
  },

  async keep(extract, lookAgainAt) {
    const { extractId, object } = extract;
    const due = { partition: 'EXTRACT', at: lookAgainAt } as const;
    const { committed } = await commit(table, [
      putNew(table, toItem('extract', keyOf.extract(extractId), extract, { due })),
      endAttempt(table, { extractId, key: object.key }, 'attribute_exists(pk) AND attribute_not_exists(givenUp)'),
    ]);
    return committed;
  },

  async giveUp(attempt) {
    const given = { set: { givenUp: true }, when: 'attribute_exists(#pk)' };
    return (await commit(table, [change(table, attemptKey(attempt), given)])).committed;
  },

  async end(attempt) {
    await commit(table, [endAttempt(table, attempt)]);
  },

  due: (until) => dueExtracts(table, until),

  async postpone(mark, lookAgainAt) {
    const later = { set: { dueSk: lookAgainAt }, when: 'attribute_exists(#duePk)' };
    await commit(table, [change(table, keyOfMark(mark), later)]);
  },

  async startDropping(id) {
    const extract = await readExtract(table, id);
    if (!extract || extract.state === 'deleting') return extract;
    if (extract.grants > 0) return undefined;
    const when = '#state = :ready AND #grants = :none AND #object.#versionId = :versionId';
    const values = { ready: 'ready', none: 0, versionId: extract.object.versionId };
    const { committed } = await commit(table, [
      change(table, keyOf.extract(id), { set: { state: 'deleting' }, when, values }),
    ]);
    return committed ? { ...extract, state: 'deleting' } : undefined;
  },

  async forget({ extractId, object }) {
    await commit(table, [
      {
        Delete: {
          TableName: table.name,
          Key: keyOf.extract(extractId),
          ConditionExpression: '#state = :deleting AND #object.versionId = :versionId',
          ExpressionAttributeNames: { '#state': 'state', '#object': 'object' },
          ExpressionAttributeValues: { ':deleting': 'deleting', ':versionId': object.versionId },
        },
      },
    ]);
  },
});

async function readExtract(table: Table, id: ExtractId): Promise<StoredExtract | undefined> {
  const item = await readItem(table, keyOf.extract(id));
  return item && fromItem(StoredExtract, item);
}
