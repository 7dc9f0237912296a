import type { Key } from './keys.ts';
import type { Table } from './reads.ts';
import { aliasesIn, type Write } from './write.ts';

/** By name; what is undefined is left out. */
type Attributes<T = unknown> = Readonly<Record<string, T | undefined>>;

export interface Change {
  readonly set?: Attributes;
  readonly remove?: readonly string[];
  /** To numbers; one that is not there begins at 0. */
  readonly add?: Attributes<number>;
  /**
   * In DynamoDB's words; attributes as `#name`, values as `:name` from `values` and of what is set. Without one an item
   * that is not there is made.
   */
  readonly when?: string;
  readonly values?: Attributes;
}

/** Changes single attributes, so that writers of different ones never undo each other. */
export const change = (table: Table, key: Key, wanted: Change): Write => ({ Update: changeOf(table, key, wanted) });

/** The same outside of a transaction, which costs half. Every name is aliased: many are reserved words. */
export function changeOf(
  table: Table,
  key: Key,
  { set, remove = [], add, when, values }: Change,
): NonNullable<Write['Update']> {
  const [assigned, added] = [present(set), present(add)];
  const clauses = [
    ['SET', assigned.map(([name]) => `#${name} = :${name}`)],
    ['REMOVE', remove.map((name) => `#${name}`)],
    ['ADD', added.map(([name]) => `#${name} :${name}`)],
  ] as const;
  const update = clauses
    .flatMap(([verb, parts]) => (parts.length > 0 ? [`${verb} ${parts.join(', ')}`] : []))
    .join(' ');
  const given = [...assigned, ...added, ...present(values)];
  return {
    TableName: table.name,
    Key: key,
    UpdateExpression: update,
    ...(when !== undefined && { ConditionExpression: when }),
    ExpressionAttributeNames: aliasesIn(`${update} ${when}`),
    ...(given.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
    }),
  };
}

const present = <T>(attributes: Attributes<T> = {}): readonly (readonly [string, T])[] =>
  Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
