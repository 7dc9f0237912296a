import type { ConditionSource } from '../../../../schemas/contracts/derivations.ts';
import { RefusedStatement } from '../statement/refused.ts';
import type { Offset } from '../statement/place.ts';
import type { Column } from '../statement/syntax.ts';
import { longest, together, type Value } from './value.ts';

export interface NamedValue {
  /** Undefined where a computed value was not named. */
  readonly name?: string;
  readonly value: Value;
}

/** What a query gives. */
export interface Relation {
  readonly columns: readonly NamedValue[];
  /** What decides which records there are. */
  readonly records: readonly ConditionSource[];
  /** It has no records, since inputs are not there. */
  readonly gone: boolean;
  /** It has fewer records than it should, since inputs are not there: what is reckoned over them is wrong. */
  readonly thinned: boolean;
  /** How many times inputs are read for it. */
  readonly reads: number;
}

export interface Binding {
  readonly name: string;
  readonly columns: readonly NamedValue[];
  /** Of an input as it is: names of the fields that tell its records apart. */
  readonly key?: readonly string[];
}

/** What stands behind FROM. */
export interface From extends Omit<Relation, 'columns'> {
  readonly bindings: readonly Binding[];
  /** What `*` stands for. */
  readonly star: readonly NamedValue[];
  /** Columns that USING made one. */
  readonly merged: readonly NamedValue[];
}

export const NOTHING: From = {
  bindings: [],
  star: [],
  merged: [],
  records: [],
  gone: false,
  thinned: false,
  reads: 0,
};

/** Where names are looked up. */
export interface Scope {
  readonly from: From;
  /** Outputs that were named so far. */
  readonly aliases: readonly NamedValue[];
  /** The query around a sub-query, where it may be asked. */
  readonly outer?: Scope;
  /** The same where it may not. */
  readonly untied?: Scope;
}

/** A query that is read by others: each of its columns has a name, and no two the same one. */
export function namedColumns(relation: Relation, at: Offset | undefined): Relation {
  const names: string[] = [];
  for (const { name } of relation.columns) {
    if (name === undefined) throw new RefusedStatement('statement-name', 'a computed column has a name: … AS name', at);
    if (names.some((known) => same(known, name)))
      throw new RefusedStatement(
        'statement-name',
        `two columns are called ${JSON.stringify(name.slice(0, 100))}: name one otherwise, with AS`,
        at,
      );
    names.push(name);
  }
  return relation;
}

/** DuckDB tells names apart without regard to the case of ASCII letters, quoted or not. */
export const same = (one: string | undefined, other: string): boolean =>
  one !== undefined && folded(one) === folded(other);

export const folded = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

/** What a column can stand for in one query, its outputs included; where it is more than one, all of them count. */
export function candidatesOf({ table, name }: Column, { from, aliases }: Scope): NamedValue[] {
  const isIt = (column: NamedValue): boolean => same(column.name, name);
  if (table !== undefined)
    return from.bindings.filter((binding) => same(binding.name, table)).flatMap(({ columns }) => columns.filter(isIt));
  const merged = from.merged.filter(isIt);
  return [
    ...(merged.length > 0 ? merged : from.bindings.flatMap(({ columns }) => columns.filter(isIt))),
    ...aliases.filter(isIt),
  ];
}

/** Whether a column is one of the tables of this query, of whatever it is an output too. */
export const isOwn = (column: Column, scope: Scope): boolean =>
  candidatesOf(column, { ...scope, aliases: [] }).length > 0;

/** @throws RefusedStatement where no table has such a column */
export function resolve(column: Column, scope: Scope): Value {
  const own = candidatesOf(column, scope);
  const outer = !isOwn(column, scope) && scope.outer ? candidatesOf(column, scope.outer) : [];
  const found = [...own, ...outer].map(({ value }) => value);
  if (found.length === 0) {
    const isUntied = scope.untied !== undefined && candidatesOf(column, scope.untied).length > 0;
    throw isUntied
      ? new RefusedStatement(
          'statement-join',
          `${shownName(column)} is of the query around: a sub-query asks it in its WHERE, beside an equality of a column of each`,
          column.at,
        )
      : new RefusedStatement('statement-name', `no input or WITH here has a column ${shownName(column)}`, column.at);
  }
  return found.length === 1 && found[0] ? found[0] : together(found, longest(found));
}

const shownName = ({ table, name }: Column): string =>
  JSON.stringify((table === undefined ? name : `${table}.${name}`).slice(0, 100));
