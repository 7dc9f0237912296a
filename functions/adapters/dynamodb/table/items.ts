import type * as z from 'zod';
import type { StoredKind } from '../../../../schemas/stored/kinds.ts';
import { loosened } from '../../../../schemas/stored/loosened.ts';
import { shapeNumbers } from '../../../../schemas/stored/numbers.ts';
import type { Revised } from '../../../kernel/ports.ts';
import type { DuePartition, Key, Purpose } from './keys.ts';
import { readItem, type Item, type Table } from './reads.ts';

/** Where an item is found beside its key. */
export interface Indexed {
  readonly list?: { readonly partition: string; readonly position: string };
  readonly due?: { readonly partition: DuePartition | Purpose; readonly at: string };
  /** Seconds since 1970. */
  readonly ttl?: number;
}

const reserved = new Set(['pk', 'sk', 'kind', 'shape', 'revision', 'listPk', 'listSk', 'duePk', 'dueSk', 'ttl']);

export const toItem = (kind: StoredKind, key: Key, record: object, indexed: Indexed = {}, revision = 1): Item => ({
  ...record,
  ...key,
  kind,
  ...shapeOf(kind),
  revision,
  ...(indexed.list && { listPk: indexed.list.partition, listSk: indexed.list.position }),
  ...(indexed.due && { duePk: indexed.due.partition, dueSk: indexed.due.at }),
  ...(indexed.ttl !== undefined && { ttl: indexed.ttl }),
});

/** The number of the shape that a kind has by now; of the first it is not written. */
export const shapeOf = (kind: StoredKind, numbers = shapeNumbers): { readonly shape?: number } => {
  const shape = numbers[kind];
  return shape === undefined ? {} : { shape };
};

/** What the item says, with all that a newer version of the hub may have added to it. */
export const fromItem = <S extends z.ZodType>(schema: S, item: Item): z.output<S> =>
  loosened(schema).parse(Object.fromEntries(Object.entries(item).filter(([name]) => !reserved.has(name))));

export async function readRevised<S extends z.ZodType>(
  table: Table,
  key: Key,
  schema: S,
): Promise<Revised<z.output<S>> | undefined> {
  const item = await readItem(table, key);
  return item && { value: fromItem(schema, item), revision: item['revision'] as number };
}
