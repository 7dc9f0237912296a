import { marked } from '../../functions/adapters/dynamodb/table/due.ts';
import type { Purpose } from '../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../functions/adapters/dynamodb/table/reads.ts';

/** Of everything that is marked for a purpose, by its partition key, when it is due. */
export async function marksOf(table: Table, purpose: Purpose): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { pk, dueSk } of marked(table, purpose, '9999')) found.set(pk as string, dueSk as string);
  return found;
}
