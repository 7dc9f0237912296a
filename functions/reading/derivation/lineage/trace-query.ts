import type { ConditionSource } from '../../../../schemas/contracts/derivations.ts';
import { RefusedStatement } from '../statement/refused.ts';
import type { Cte, Expression, Output, Query, Select, SetOperation } from '../statement/syntax.ts';
import { columnsIn, conjunctsOf, isAggregate } from './parts.ts';
import {
  candidatesOf,
  isOwn,
  namedColumns,
  NOTHING,
  same,
  type From,
  type NamedValue,
  type Relation,
  type Scope,
} from './scope.ts';
import { traceExpression } from './trace-expression.ts';
import { traceTable } from './trace-table.ts';
import { checkReads, type Tables, withTable } from './tracing.ts';
import { conditionsOf, longest, mergedConditions, together, type Value } from './value.ts';

/**
 * What a query gives, and what decides about it.
 *
 * @param outer the query around a sub-query, whose columns its WHERE may compare with
 */
export function traceQuery(query: Query, tables: Tables, outer?: Scope): Relation {
  const known = query.with.reduce(
    (before, cte) => withTable(before, cte.name, traceCte(cte, before), query.at),
    tables,
  );
  return query.kind === 'select' ? traceSelect(query, known, outer) : traceSetOperation(query, known);
}

function traceCte({ name, columns, query }: Cte, tables: Tables): Relation {
  const relation = traceQuery(query, tables);
  if (columns.length > relation.columns.length)
    throw new RefusedStatement(
      'statement-name',
      `${JSON.stringify(name.slice(0, 60))} has fewer columns than are named`,
      query.at,
    );
  const renamed = relation.columns.map((column, i) => ({
    ...column,
    ...(columns[i] === undefined ? {} : { name: columns[i] }),
  }));
  return namedColumns({ ...relation, columns: renamed }, query.at);
}

function traceSelect(select: Select, around: Tables, outer: Scope | undefined): Relation {
  const tables: Tables = { ...around, within: { reads: 0 } };
  const from = select.from ? traceTable(select.from, tables) : NOTHING;
  const columns = traceOutputs(select.outputs, { from, aliases: [], ...(outer ? { untied: outer } : {}) }, tables);
  const scope: Scope = { from, aliases: columns, ...(outer ? { untied: outer } : {}) };
  const trace = (part: Expression): Value => traceExpression(part, scope, tables);
  const where = select.where && traceExpression(select.where, whereScope(select.where, scope, outer), tables);
  const group = groupOf(select, columns, trace);
  const filters = [where, ...[select.having, select.qualify].map((part) => part && trace(part))].flatMap(
    (part) => part ?? [],
  );
  const order = select.order.map((part) => orderOf(part, columns, trace));
  const grouped = [...group, ...(select.distinct ? columns.map(({ value }) => value) : [])];
  const isOne = group.length === 0 && select.group !== 'all' && gathers(select);
  const isGone = from.gone && !isOne;
  const deciding = [...filters, ...grouped, ...(select.limited ? order : [])];
  if (!from.gone && (deciding.some(({ lost }) => lost) || (select.limited && from.thinned)))
    tables.findings.broken = true;
  return {
    columns,
    records: mergedConditions([
      ...from.records,
      ...filters.flatMap((value) => conditionsOf(value, 'filter')),
      ...grouped.flatMap((value) => conditionsOf(value, 'group')),
      ...(select.limited ? order.flatMap((value) => conditionsOf(value, 'order')) : []),
    ]),
    gone: isGone,
    thinned: from.thinned && !isOne,
    reads: checkReads(from.reads + tables.within.reads, select.at),
  };
}

/** Whether it gives one record, of all. */
const gathers = ({ outputs, having }: Select): boolean =>
  outputs.some(({ value }) => isAggregate(value)) || (having !== undefined && isAggregate(having));

function traceOutputs(outputs: readonly Output[], scope: Scope, tables: Tables): NamedValue[] {
  const columns: NamedValue[] = [];
  for (const { name, value } of outputs) {
    if (value.kind === 'star') columns.push(...starOf(value, scope.from));
    else
      columns.push({
        ...(name === undefined ? {} : { name }),
        value: traceExpression(
          value,
          { ...scope, aliases: columns.filter((column) => column.name !== undefined) },
          tables,
        ),
      });
  }
  return columns;
}

function starOf({ table, except, at }: Extract<Expression, { kind: 'star' }>, from: From): readonly NamedValue[] {
  const binding = from.bindings.find(({ name }) => table !== undefined && same(name, table));
  if ((table !== undefined && !binding) || from.bindings.length === 0)
    throw new RefusedStatement('statement-name', '* is of a table behind FROM', at);
  const columns = binding?.columns ?? from.star;
  const unknown = except.find((name) => !columns.some((column) => same(column.name, name)));
  if (unknown !== undefined)
    throw new RefusedStatement(
      'statement-name',
      `there is no column ${JSON.stringify(unknown.slice(0, 100))} to leave out`,
      at,
    );
  return columns.filter(({ name }) => !except.some((one) => same(name, one)));
}

/**
 * A sub-query may ask the query around it where an equality ties the two together, so that DuckDB makes a join of it and
 * does not go through all pairs.
 */
function whereScope(where: Expression, scope: Scope, outer: Scope | undefined): Scope {
  if (!outer) return scope;
  const isOuter = (part: Expression): boolean =>
    sideOf(part, (column) => !isOwn(column, scope) && candidatesOf(column, outer).length > 0);
  const isInner = (part: Expression): boolean => sideOf(part, (column) => isOwn(column, scope));
  const ties = conjunctsOf(where).some(
    (part) =>
      part.kind === 'equal' &&
      ((isInner(part.parts[0]) && isOuter(part.parts[1])) || (isOuter(part.parts[0]) && isInner(part.parts[1]))),
  );
  return ties ? { ...scope, outer } : scope;
}

function sideOf(part: Expression, isIt: (column: Extract<Expression, { kind: 'column' }>) => boolean): boolean {
  const columns = columnsIn(part);
  return columns !== undefined && columns.length > 0 && columns.every(isIt);
}

function groupOf(
  { group, outputs }: Select,
  columns: readonly NamedValue[],
  trace: (part: Expression) => Value,
): Value[] {
  if (group !== 'all') return group.map((part) => placed(part, columns) ?? trace(part));
  if (outputs.some(({ value }) => value.kind === 'star')) return columns.map(({ value }) => value);
  return columns.filter((_, i) => !isAggregate((outputs[i] as Output).value)).map(({ value }) => value);
}

/** `GROUP BY 1`, `ORDER BY 2`: an output by its place. */
function placed(part: Expression, columns: readonly NamedValue[]): Value | undefined {
  if (part.kind !== 'constant') return undefined;
  const found = typeof part.value === 'number' ? columns[part.value - 1] : undefined;
  if (!found) throw new RefusedStatement('statement-name', 'a place in the SELECT is a number from 1', part.at);
  return found.value;
}

function orderOf(part: Expression, columns: readonly NamedValue[], trace: (part: Expression) => Value): Value {
  if (part.kind !== 'star') return placed(part, columns) ?? trace(part);
  const values = columns.map(({ value }) => value);
  return together(values, longest(values));
}

function traceSetOperation(operation: SetOperation, tables: Tables): Relation {
  const [left, right] = [traceQuery(operation.sides[0], tables), traceQuery(operation.sides[1], tables)];
  if (left.columns.length !== right.columns.length)
    throw new RefusedStatement('statement-form', 'both sides have the same number of columns', operation.sides[1].at);
  const reads = checkReads(left.reads + right.reads, operation.at);
  const columns = left.columns.map(({ name, value }, i) => {
    const other = (right.columns[i] as NamedValue).value;
    return { ...(name === undefined ? {} : { name }), value: ofEither(value, other, [left.gone, right.gone]) };
  });
  const values = columns.map(({ value }) => value);
  const scope: Scope = { from: { ...NOTHING, bindings: [{ name: '', columns }] }, aliases: [] };
  const order = operation.order.map((part) =>
    orderOf(part, columns, (expression) => traceExpression(expression, scope, tables)),
  );
  const isGone = goneOf(operation.operation, left.gone, right.gone);
  const compares = operation.operation !== 'union-all' || operation.distinct;
  const thinned = left.thinned || right.thinned || (!isGone && (left.gone || right.gone));
  const isBroken =
    (operation.operation === 'except' && (right.gone || right.thinned)) ||
    (operation.limited && thinned) ||
    [...(compares ? values : []), ...(operation.limited ? order : [])].some(({ lost }) => lost);
  if (!isGone && isBroken) tables.findings.broken = true;
  return {
    columns,
    records: mergedConditions([
      ...left.records,
      ...right.records,
      ...(compares ? values.flatMap((value) => conditionsOf(value, 'group')) : []),
      ...(operation.limited ? order.flatMap((value): ConditionSource[] => conditionsOf(value, 'order')) : []),
    ]),
    gone: isGone,
    thinned,
    reads,
  };
}

function goneOf(operation: SetOperation['operation'], left: boolean, right: boolean): boolean {
  switch (operation) {
    case 'union':
    case 'union-all':
      return left && right;
    case 'except':
      return left;
    case 'intersect':
      return left || right;
    default:
      return operation satisfies never;
  }
}

/** Of a side that is gone there are no values, so none that are lost. */
function ofEither(one: Value, other: Value, [oneGone, otherGone]: readonly [boolean, boolean]): Value {
  const value = together([one, other], longest([one, other]));
  const lost = (one.lost && !(oneGone && !otherGone)) || (other.lost && !(otherGone && !oneGone));
  return { ...value, lost };
}
