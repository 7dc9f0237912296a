import type { SchemeId } from '../../../../schemas/contracts/ids.ts';
import { StoredScheme } from '../../../../schemas/stored/agreements.ts';
import type { Schemes } from '../../../agreements/schemes/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeAnswer } from '../answers.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { commit, put, putNew } from '../table/write.ts';

async function readScheme(table: Table, id: SchemeId): Promise<StoredScheme | undefined> {
  const item = await readItem(table, keyOf.scheme(id));
  return item && fromItem(StoredScheme, item);
}

const schemeItem = (scheme: StoredScheme): Item => toItem('scheme', keyOf.scheme(scheme.schemeId), scheme);

export const dynamoSchemes = (table: Table): Schemes => ({
  find: (id) => readScheme(table, id),
  async begin(scheme) {
    if ((await commit(table, [putNew(table, schemeItem(scheme))])).committed) return scheme;
    const earlier = await readScheme(table, scheme.schemeId);
    if (!earlier) throw new Fault(`scheme ${scheme.schemeId} is in its own way`);
    return earlier;
  },
  conclude: async (scheme, answer) =>
    (await commit(table, [put(table, schemeItem(scheme)), ...writeAnswer(table, answer)])).committed,
  keepAnswer: async (answer) => (await commit(table, writeAnswer(table, answer))).committed,
});
