import { StoredExtract } from '../../../schemas/contracts/deliveries.ts';
import type { ExtractId } from '../../../schemas/contracts/ids.ts';
import type { Extracts } from '../../delivery/ports.ts';
import { change } from './deliveries-update.ts';
import { keyOf } from './keys.ts';
import { commit, fromItem, putNew, readItem, toItem, type Table } from './table.ts';

export const dynamoExtracts = (table: Table): Extracts => ({
  find: (id) => readExtract(table, id),
  keep: async (extract) =>
    (await commit(table, [putNew(table, toItem('extract', keyOf.extract(extract.extractId), extract))])).committed,

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
