import type { ConditionSource } from '../../../../schemas/contracts/derivations.ts';
import { RefusedStatement } from '../statement/refused.ts';
import type { Offset } from '../statement/place.ts';
import { type Alias, type Column, type Expression, isConstant, type Join, type Table } from '../statement/syntax.ts';
import { columnsIn, conjunctsOf } from './parts.ts';
import {
  isOwn,
  NOTHING,
  same,
  type Binding,
  type From,
  type NamedValue,
  type Relation,
  namedColumns,
} from './scope.ts';
import { traceExpression } from './trace-expression.ts';
import { checkReads, type StatementInput, type Tables } from './tracing.ts';
import { conditionOf, conditionsOf, CONSTANT, decided, longest, mergedConditions, together } from './value.ts';

/** What stands behind FROM: inputs, what a WITH named, sub-queries, and joins of these. */
export function traceTable(table: Table, tables: Tables): From {
  switch (table.kind) {
    case 'named':
      return traceNamed(table, tables);
    case 'subquery':
      return bound(namedColumns(tables.query(table.query, tables), table.at), table.alias, table.at);
    case 'values':
      return bound(traceValues(table.rows, table.at), table.alias, table.at);
    case 'join':
      return traceJoin(table, tables);
    default:
      return table satisfies never;
  }
}

function traceNamed({ name, alias, at }: Extract<Table, { kind: 'named' }>, tables: Tables): From {
  const folded = { ...alias, name: alias.name ?? name };
  const cte = [...tables.ctes].find(([known]) => same(known, name))?.[1];
  if (cte) return bound(cte, folded, at);
  const found = [...tables.inputs.values()].find(([known]) => same(known, name));
  if (!found)
    throw new RefusedStatement(
      'statement-name',
      `${JSON.stringify(name.slice(0, 100))} is no input: name one of them, or a WITH`,
      at,
    );
  const [input, shape] = found;
  return bound(relationOf(input, shape), folded, at, alias.columns.length === 0 ? shape.primaryKey : undefined);
}

const relationOf = (input: string, { fields, lost = false }: StatementInput): Relation => ({
  columns: fields.map((field) => ({
    name: field,
    value: { from: [{ input, field, how: 'copied' }], decidedBy: [], growth: 1, lost },
  })),
  records: [conditionOf(input, undefined, 'presence')],
  gone: lost,
  thinned: false,
  reads: 1,
});

function traceValues(rows: readonly (readonly Expression[])[], at: Offset | undefined): Relation {
  const other = rows.flat().find((value) => !isConstant(value));
  if (other) throw new RefusedStatement('statement-form', 'VALUES are constants', other.at ?? at);
  const columns = (rows[0] ?? []).map((_, i) => ({ name: `col${i}`, value: { ...CONSTANT, growth: 1 } }));
  return { columns, records: [], gone: false, thinned: false, reads: 0 };
}

function bound(
  { columns, ...relation }: Relation,
  alias: Alias,
  at: Offset | undefined,
  key?: readonly string[],
): From {
  if (alias.columns.length > columns.length)
    throw new RefusedStatement('statement-name', 'it has fewer columns than are named', at);
  const named = columns.map(({ name, value }, i) => {
    const renamed = alias.columns[i] ?? name;
    return renamed === undefined ? { value } : { name: renamed, value };
  });
  const binding: Binding = { name: alias.name ?? '', columns: named, ...(key && key.length > 0 ? { key } : {}) };
  return { ...relation, bindings: [binding], star: named, merged: [] };
}

/** A pair of values that a join holds against each other, one of each side. */
interface Pair {
  readonly left: Expression;
  readonly right: Expression;
}

function traceJoin({ join, sides, on, at }: Join, tables: Tables): From {
  const [left, right] = [traceTable(sides[0], tables), traceTable(sides[1], tables)];
  const taken = left.bindings.find(({ name }) => name !== '' && right.bindings.some((other) => same(other.name, name)));
  if (taken)
    throw new RefusedStatement(
      'statement-name',
      `two tables are called ${JSON.stringify(taken.name)}: name one otherwise, with AS`,
      at,
    );
  const conditions = 'using' in on ? [] : conjunctsOf(on);
  const pairs =
    'using' in on ? on.using.map((name) => pairOf(name, at)) : conditions.flatMap((part) => paired(part, left, right));
  if (pairs.length === 0)
    throw new RefusedStatement(
      'statement-join',
      'the condition lets every record meet every other: state an equality between a column of each side',
      at,
    );
  const isWhole = 'using' in on || pairs.length === conditions.length;
  return joined(
    { join, left, right, at, using: 'using' in on ? on.using : [] },
    isWhole ? lookup(pairs, right) : undefined,
    'using' in on ? usingConditions(on.using, left, right, at) : onConditions(on, left, right, tables),
    tables,
  );
}

/** A column of the one side, a column of the other, told apart by place and not by name. */
const pairOf = (name: string, at: Offset | undefined): Pair => {
  const column: Column = { kind: 'column', name, at };
  return { left: column, right: column };
};

function paired(part: Expression, left: From, right: From): Pair[] {
  if (part.kind !== 'equal') return [];
  const [one, other] = part.parts;
  if (isOf(one, left) && isOf(other, right)) return [{ left: one, right: other }];
  return isOf(other, left) && isOf(one, right) ? [{ left: other, right: one }] : [];
}

/** Whether an expression is made of columns of one side, and of at least one. */
function isOf(expression: Expression, side: From): boolean {
  const columns = columnsIn(expression);
  return (
    columns !== undefined && columns.length > 0 && columns.every((column) => isOwn(column, { from: side, aliases: [] }))
  );
}

/**
 * The key of an input that a join finds the record of, where it does: then each record of the other side stays, once.
 * Its fields, and no others.
 */
function lookup(pairs: readonly Pair[], right: From): readonly string[] | undefined {
  const [binding, more] = right.bindings;
  if (!binding?.key || more) return undefined;
  const columns = pairs.flatMap(({ right: part }) => (part.kind === 'column' ? [part.name] : []));
  return binding.key.every((field) => columns.some((name) => same(name, field))) ? binding.key : undefined;
}

type Conditions = readonly {
  readonly of: readonly ConditionSource[];
  readonly lost: boolean;
  readonly field?: string;
}[];

/** Each condition of a join, with the right side's column where it is an equality with a plain one. */
function onConditions(on: Expression, left: From, right: From, tables: Tables): Conditions {
  const scope = { from: { ...NOTHING, bindings: [...left.bindings, ...right.bindings] }, aliases: [] };
  return conjunctsOf(on).map((part) => {
    if (columnsIn(part) === undefined)
      throw new RefusedStatement(
        'statement-join',
        'the condition of a join compares columns: move sub-queries to WHERE',
        part.at,
      );
    const value = traceExpression(part, scope, tables);
    const [pair] = paired(part, left, right);
    const field = pair?.right.kind === 'column' && pair.left.kind === 'column' ? pair.right.name : undefined;
    return { of: conditionsOf(value, 'join'), lost: value.lost, ...(field === undefined ? {} : { field }) };
  });
}

function usingConditions(using: readonly string[], left: From, right: From, at: Offset | undefined): Conditions {
  return using.map((name) => {
    const values = [left, right].map((side) => usedBy(side, name, at).value);
    return {
      of: values.flatMap((value) => conditionsOf(value, 'join')),
      lost: values.some(({ lost }) => lost),
      field: name,
    };
  });
}

function usedBy(side: From, name: string, at: Offset | undefined): NamedValue {
  const [found, more] = side.star.filter((column) => same(column.name, name));
  if (!found || more)
    throw new RefusedStatement(
      'statement-name',
      `USING names columns that both sides have once: ${JSON.stringify(name.slice(0, 100))} is none`,
      at,
    );
  return found;
}

interface Sides {
  readonly join: Join['join'];
  readonly left: From;
  readonly right: From;
  readonly using: readonly string[];
  readonly at: Offset | undefined;
}

function joined(sides: Sides, key: readonly string[] | undefined, conditions: Conditions, tables: Tables): From {
  const { join, left, right, at } = sides;
  const found = join === 'left' ? key : undefined;
  const isGone = GONE[join](left.gone, right.gone);
  const isLost = !left.gone && !right.gone && conditions.some(({ lost }) => lost);
  if (!isGone && ((join === 'anti' && (right.gone || right.thinned)) || (isLost && !found)))
    tables.findings.broken = true;
  const by = conditions.flatMap(({ of }) => of);
  const whole = {
    records: mergedConditions(found ? left.records : [...left.records, ...right.records, ...by]),
    gone: isGone,
    thinned: left.thinned || right.thinned || (!isGone && !found && (left.gone || right.gone)),
    reads: checkReads(left.reads + right.reads, at),
  };
  if (join === 'semi' || join === 'anti') return { ...left, ...whole };
  const added = found ? [...right.records, ...conditions.flatMap((condition) => asKey(condition, found))] : [];
  return { ...whole, ...columnsOf(sides, added, isLost) };
}

/** Whether a join has no records where those of one side, or of both, are not there. */
const GONE: Readonly<Record<Join['join'], (left: boolean, right: boolean) => boolean>> = {
  inner: (left, right) => left || right,
  left: (left) => left,
  full: (left, right) => left && right,
  semi: (left, right) => left || right,
  anti: (left) => left,
};

/** By a key a record is found, and nothing else is told of it; any other column that has to be equal tells that it is. */
const asKey = ({ of, field }: Conditions[number], key: readonly string[]): ConditionSource[] =>
  key.some((name) => same(field, name))
    ? of.map((source) => (source.by === 'join' ? { ...source, by: 'key' } : source))
    : [...of];

function columnsOf(
  { join, left, right, using, at }: Sides,
  added: readonly ConditionSource[],
  isLost: boolean,
): Pick<From, 'bindings' | 'star' | 'merged'> {
  const change =
    (isLost: boolean, by: readonly ConditionSource[]) =>
    (column: NamedValue): NamedValue => ({
      ...column,
      value: decided({ ...column.value, lost: column.value.lost || isLost }, by),
    });
  const ofLeft = change(join === 'full' && (left.gone || left.thinned), []);
  const ofRight = change(right.gone || isLost || (join !== 'inner' && right.thinned), added);
  const isUsed = ({ name }: NamedValue): boolean => using.some((one) => same(name, one));
  const merged = using.map((name) => {
    const values = [left, ...(join === 'left' ? [] : [right])].map((side) => usedBy(side, name, at).value);
    return { name, value: { ...together(values, longest(values)), lost: values.every(({ lost }) => lost) } };
  });
  const mergedOr = (column: NamedValue): NamedValue =>
    merged.find(({ name }) => same(column.name, name)) ?? ofLeft(column);
  const within = (side: From, of: (column: NamedValue) => NamedValue): Binding[] =>
    side.bindings.map((binding) => ({ name: binding.name, columns: binding.columns.map(of) }));
  return {
    bindings: [...within(left, ofLeft), ...within(right, ofRight)],
    star: [...left.star.map(mergedOr), ...right.star.filter((column) => !isUsed(column)).map(ofRight)],
    merged: [
      ...merged,
      ...[...left.merged.map(ofLeft), ...right.merged.map(ofRight)].filter((column) => !isUsed(column)),
    ],
  };
}
