import type { ConditionSource, ValueSource } from '../../../../schemas/contracts/derivations.ts';
import { RefusedStatement } from '../statement/refused.ts';
import type { Aggregate, Choice, Expression, SubqueryExpression, Window } from '../statement/syntax.ts';
import { resolve, type Scope } from './scope.ts';
import { checkGrowth, type Tables } from './tracing.ts';
import { conditionsOf, CONSTANT, decided, longest, made, together, type Value } from './value.ts';

/** Characters of a constant that count as one cell of an input. */
const CELL = 100;

/** What a value is made of, and what decides about it. */
export function traceExpression(expression: Expression, scope: Scope, tables: Tables): Value {
  const trace = (part: Expression): Value => traceExpression(part, scope, tables);
  switch (expression.kind) {
    case 'column':
      return resolve(expression, scope);
    case 'constant':
      return { ...CONSTANT, growth: typeof expression.value === 'string' ? expression.value.length / CELL : 0 };
    case 'and':
    case 'equal':
      return made(together(expression.parts.map(trace), 0), 'computed');
    case 'call': {
      const parts = expression.parts.map(trace);
      const length = parts.reduce((sum, { growth }) => sum + growth, 0);
      return made(together(parts, checkGrowth(length * expression.growth, expression.at)), 'computed');
    }
    case 'choice':
      return traceChoice(expression, trace);
    case 'aggregate':
    case 'window':
      return traceGathered(expression, scope, trace);
    case 'subquery':
      return traceSubquery(expression, scope, tables, trace);
    case 'star':
      throw new RefusedStatement(
        'statement-form',
        '* stands by itself in a SELECT: name the columns here',
        expression.at,
      );
    default:
      return expression satisfies never;
  }
}

function traceChoice({ values, conditions }: Choice, trace: (part: Expression) => Value): Value {
  const chosen = values.map(trace);
  const by = conditions.map(trace).map((condition) => made(condition, 'computed'));
  return together([...chosen, ...by], longest(chosen));
}

/** The records that are gathered are those behind FROM: fewer than there should be make another value. */
function traceGathered(expression: Aggregate | Window, { from }: Scope, trace: (part: Expression) => Value): Value {
  const parts = expression.parts.map(trace);
  const partition = (expression.kind === 'window' ? expression.partition : []).map(trace);
  const order = expression.order.map(trace);
  const filter = (expression.filter ? [expression.filter] : []).map(trace);
  const counted = { ...CONSTANT, from: expression.how === 'counted' ? countedOf(from.records) : [] };
  const value = made(together([...parts, counted], longest(parts)), expression.how);
  const by = [
    ...partition.flatMap((part) => conditionsOf(part, 'group')),
    ...order.flatMap((part) => conditionsOf(part, 'order')),
    ...filter.flatMap((part) => conditionsOf(part, 'filter')),
  ];
  const isLost = from.gone || from.thinned || [...parts, ...partition, ...order, ...filter].some(({ lost }) => lost);
  return { ...decided(value, by), lost: isLost };
}

/** How many records there are is told of every input that they are of. */
const countedOf = (records: readonly ConditionSource[]): ValueSource[] =>
  records.filter(({ by }) => by === 'presence').map(({ input }) => ({ input, how: 'counted' }));

function traceSubquery(
  { use, sought, query, at }: SubqueryExpression,
  scope: Scope,
  tables: Tables,
  trace: (part: Expression) => Value,
): Value {
  const { outer: _outer, untied: _untied, ...around } = scope;
  const relation = tables.query(query, tables, around);
  tables.within.reads += relation.reads;
  const [column, more] = relation.columns;
  if (use === 'exists')
    return {
      ...CONSTANT,
      from: countedOf(relation.records),
      decidedBy: relation.records,
      lost: relation.gone || relation.thinned,
    };
  if (!column || more) throw new RefusedStatement('statement-form', 'a sub-query gives one column here', at);
  const value = decided(
    { ...column.value, lost: column.value.lost || relation.gone || relation.thinned },
    relation.records,
  );
  if (use === 'scalar' || !sought) return value;
  return made(together([trace(sought), value], 0), 'computed');
}
