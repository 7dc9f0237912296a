import type { Key } from './keys.ts';
import type { Table } from './reads.ts';
import type { Write } from './write.ts';

export interface Change {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  /** In DynamoDB's words; attributes as `#name`, values as `:name` from `values`. */
  readonly when: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Changes single attributes, so that writers of different ones never undo each other. */
export const change = (table: Table, key: Key, wanted: Change): Write => ({ Update: changeOf(table, key, wanted) });

/** The same outside of a transaction, which costs half. Every name is aliased: many are reserved words. */
export function changeOf(
  table: Table,
  key: Key,
  { set = {}, remove = [], when, values = {} }: Change,
): NonNullable<Write['Update']> {
  const assignments = Object.keys(set).map((name) => `#${name} = :${name}`);
  const removals = remove.map((name) => `#${name}`);
  const named = [...Object.keys(set), ...remove, ...[...when.matchAll(/#(\w+)/g)].map((match) => match[1]!)];
  const all = { ...prefixed(set), ...prefixed(values) };
  return {
    TableName: table.name,
    Key: key,
    UpdateExpression: [
      assignments.length > 0 && `SET ${assignments.join(', ')}`,
      removals.length > 0 && `REMOVE ${removals.join(', ')}`,
    ]
      .filter(Boolean)
      .join(' '),
    ConditionExpression: when,
    ExpressionAttributeNames: Object.fromEntries(named.map((name) => [`#${name}`, name])),
    ...(Object.keys(all).length > 0 && { ExpressionAttributeValues: all }),
  };
}

const prefixed = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));
