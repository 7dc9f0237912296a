import { DueItem } from '../../../../schemas/stored/due.ts';
import { change, changeOf } from './change.ts';
import { fromItem, toItem } from './items.ts';
import type { Key, Purpose } from './keys.ts';
import { readItem, type Item, type Table } from './reads.ts';
import { due } from './walk.ts';
import { commit, put, update, type Write } from './write.ts';

/*
 * Whatever lives on and is looked at for some reason has an item beside it for each of its reasons: it can be due for several,
 * and being due changes nothing in the thing itself. The item says by what the thing is found.
 */
const found: { readonly [P in Purpose]: (thing: Item) => object } = {
  upload: ({ uploadId }) => ({ uploadId }),
  dataset: ({ resourceId, datasetVersion }) => ({ resourceId, datasetVersion }),
  represent: ({ resourceId, datasetVersion, resourceVersion }) => ({ resourceId, datasetVersion, resourceVersion }),
  agreement: ({ agreementId, revision }) => ({ agreementId, asOf: revision }),
  delivery: ({ deliveryId, state }) => ({ deliveryId, state }),
  retention: ({ deliveryId }) => ({ deliveryId }),
  late: ({ resourceId, provider }) => ({ resourceId, provider }),
  count: ({ evidenceId }) => ({ evidenceId }),
  comparison: ({ comparisonId }) => ({ comparisonId }),
  derive: ({ resourceId }) => ({ resourceId }),
  'key-watch': ({ watchId, token }) => ({ watchId, token }),
  reconciliation: ({ reconciliationId, state }) => ({ reconciliationId, state }),
  attachments: ({ resourceId }) => ({ resourceId }),
  listed: ({ resourceId, token }) => ({ resourceId, token }),
  watched: ({ resourceId, agreementId, token }) => ({ resourceId, agreementId, token }),
};

/** What a thing from before carries itself; whatever changes it by attributes takes that along. */
export const carriedBefore = ['duePk', 'dueSk'];

const keyOfMark = ({ pk, sk }: Key, purpose: Purpose): Key => ({ pk, sk: `DUE#${purpose}#${sk}` });

/** Makes a thing due, or due at another time; beside the write that changes the thing, whose condition stands for both. */
export const mark = (table: Table, purpose: Purpose, key: Key, thing: object, at: string): Write =>
  put(
    table,
    toItem('due', keyOfMark(key, purpose), found[purpose](thing as Item), { due: { partition: purpose, at } }),
  );

/** The same, but what is due already stays due when it is. */
export function markOnce(table: Table, purpose: Purpose, key: Key, thing: object, at: string): Write {
  const { pk, sk, ...item } = toItem('due', keyOfMark(key, purpose), found[purpose](thing as Item), {
    due: { partition: purpose, at },
  });
  const names = Object.keys(item);
  return {
    Update: {
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: `SET ${names.map((name) => `#${name} = ${name === 'dueSk' ? 'if_not_exists(#dueSk, :dueSk)' : `:${name}`}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(Object.entries(item).map(([name, value]) => [`:${name}`, value])),
    },
  };
}

type Condition = Pick<
  NonNullable<Write['Delete']>,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** It is due no more; nothing where it was not, unless a condition says otherwise. */
export const unmark = (table: Table, purpose: Purpose, key: Key, condition: Condition = {}): Write => ({
  Delete: { TableName: table.name, Key: keyOfMark(key, purpose), ...condition },
});

/** The mark itself, strongly consistent; undefined where the thing is due for nothing of the kind. */
export async function markOf(table: Table, purpose: Purpose, key: Key): Promise<DueItem | undefined> {
  const item = await readItem(table, keyOfMark(key, purpose));
  return item && fromItem(DueItem, item);
}

/** Only what is marked. */
export const isMarked: Condition = { ConditionExpression: 'attribute_exists(pk)' };

/** Looks at it later, if it is still marked, and in the state that its mark tells of, if any is asked for. */
export const postpone = (table: Table, purpose: Purpose, key: Key, at: string, state?: string): Promise<boolean> =>
  update(
    table,
    changeOf(table, keyOfMark(key, purpose), {
      set: { dueSk: at },
      ...(state === undefined ? { when: 'attribute_exists(#pk)' } : { when: '#state = :state', values: { state } }),
    }),
  );

/**
 * What is due for a reason by then, oldest first: by what it is found. Candidates only, so decide on the thing itself. A
 * thing from before carries its mark itself, which is set beside it here.
 */
export async function* marked(table: Table, purpose: Purpose, until: string): AsyncGenerator<Item> {
  yield* due(table, purpose, until);
  for await (const thing of due(table, purpose.toUpperCase() as Uppercase<Purpose>, until))
    if (await setBeside(table, purpose, thing)) yield thing;
}

/** The same by the one id by which each is found. */
export async function* markedIds<Name extends 'resourceId' | 'watchId' | 'reconciliationId'>(
  table: Table,
  purpose: Purpose,
  name: Name,
  until: string,
): AsyncGenerator<NonNullable<DueItem[Name]>> {
  for await (const item of marked(table, purpose, until)) {
    const id = fromItem(DueItem, item)[name];
    if (id !== undefined) yield id;
  }
}

/** The mark that a thing from before carries. False where it carries none (any more). */
export async function setBeside(table: Table, purpose: Purpose, thing: Item): Promise<boolean> {
  const { pk, sk, duePk: was, dueSk: at } = thing as Record<'pk' | 'sk' | 'duePk' | 'dueSk', string>;
  if (was !== purpose.toUpperCase()) return false;
  const when = '#duePk = :was AND #dueSk = :at';
  const { committed } = await commit(table, [
    change(table, { pk, sk }, { remove: carriedBefore, when, values: { was, at } }),
    mark(table, purpose, { pk, sk }, thing, at),
  ]);
  return committed;
}
