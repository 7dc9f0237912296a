import { marked } from '../../functions/adapters/dynamodb/table/due.ts';
import { due } from '../../functions/adapters/dynamodb/table/walk.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import type { Key, Purpose } from '../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../functions/adapters/dynamodb/table/reads.ts';

/** Of everything that is marked for a purpose, by its partition key, when it is due. */
export async function marksOf(table: Table, purpose: Purpose): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { pk, dueSk } of marked(table, purpose, '9999')) found.set(pk as string, dueSk as string);
  return found;
}

/** What a test has left to be done, or to be sent, is not the next one's, with which it shares a table. */
export async function forgetDue(table: Table): Promise<void> {
  const left: Key[] = [];
  for (const purpose of ['comparison', 'key-watch', 'watched', 'listed', 'reconciliation'] as const)
    for await (const { pk, sk } of marked(table, purpose, '9999')) left.push({ pk, sk } as Key);
  for await (const { pk, sk } of due(table, 'MESSAGE', '9999')) left.push({ pk, sk } as Key);
  for (let from = 0; from < left.length; from += 100)
    await commit(
      table,
      left.slice(from, from + 100).map((Key) => ({ Delete: { TableName: table.name, Key } })),
    );
}
