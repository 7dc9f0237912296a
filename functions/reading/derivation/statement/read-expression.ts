import { AGGREGATES, INSTEAD, SCALARS, WINDOWS, type AggregateRule } from './functions.ts';
import { constantOf } from './read-constant.ts';
import { checkType } from './read-type.ts';
import { type Constant, type Expression, isConstant, type Window } from './syntax.ts';
import { TreeNode } from './tree-node.ts';

/** Operators of one record beside functions, comparisons among them. */
const OPERATORS: ReadonlySet<string> = new Set([
  'COMPARE_IN',
  'COMPARE_NOT_IN',
  'OPERATOR_NOT',
  'OPERATOR_IS_NULL',
  'OPERATOR_IS_NOT_NULL',
]);

const COMPARISONS: ReadonlySet<string> = new Set([
  'COMPARE_EQUAL',
  'COMPARE_NOTEQUAL',
  'COMPARE_LESSTHAN',
  'COMPARE_GREATERTHAN',
  'COMPARE_LESSTHANOREQUALTO',
  'COMPARE_GREATERTHANOREQUALTO',
  'COMPARE_DISTINCT_FROM',
  'COMPARE_NOT_DISTINCT_FROM',
]);

/** An expression, by the class of its node; every class that is not here is refused. */
export const readExpression = (node: TreeNode): Expression =>
  node.reading.within(node, () => {
    const read = READERS[node.class];
    if (!read) return node.refuse('statement-form', `${named(node.class)} is not of what statements may have`);
    const expression = read(node);
    node.end(named(node.class));
    return expression;
  });

const readAll = (nodes: readonly TreeNode[]): Expression[] => nodes.map(readExpression);

const readOptional = (node: TreeNode | undefined): Expression | undefined => node && readExpression(node);

const READERS: Readonly<Record<string, (node: TreeNode) => Expression>> = {
  COLUMN_REF: readColumn,
  STAR: readStar,
  CONSTANT: (node) => ({ kind: 'constant', value: constantOf(node), at: node.place }),
  COMPARISON: readComparison,
  CONJUNCTION: readConjunction,
  OPERATOR: readOperator,
  BETWEEN: (node) => plainCall(node, [required(node, 'input'), required(node, 'lower'), required(node, 'upper')]),
  CAST: readCast,
  CASE: readCase,
  FUNCTION: readFunction,
  WINDOW: readWindow,
  SUBQUERY: readSubquery,
};

const named = (name: string): string => name.toLowerCase().replaceAll('_', ' ') || 'a part without a name';

function required(node: TreeNode, name: string): Expression {
  const child = node.node(name);
  return child ? readExpression(child) : node.refuse('statement-form', `${named(node.class)} lacks its ${name}`);
}

const plainCall = (node: TreeNode, parts: readonly Expression[]): Expression => ({
  kind: 'call',
  parts,
  growth: 1,
  at: node.place,
});

function readColumn(node: TreeNode): Expression {
  const names = node.texts('column_names');
  const [table, name] = names.length === 1 ? [undefined, names[0]] : names;
  if (name === undefined || names.length > 2)
    return node.refuse('statement-name', 'a column is named by itself or with its table in front: people.code');
  return { kind: 'column', ...(table === undefined ? {} : { table }), name, at: node.place };
}

function readStar(node: TreeNode): Expression {
  const table = node.text('relation_name');
  const except = node.texts('exclude_list');
  if (node.is('columns') && node.value('expr') !== undefined)
    node.refuse('statement-form', 'COLUMNS chooses columns by a pattern: name them');
  for (const change of ['replace_list', 'rename_list', 'qualified_exclude_list'])
    if (node.value(change) !== undefined)
      node.refuse('statement-form', '* takes EXCLUDE with names of columns, and nothing else: name the columns');
  return { kind: 'star', ...(table === undefined ? {} : { table }), except, at: node.place };
}

function readComparison(node: TreeNode): Expression {
  if (!COMPARISONS.has(node.type))
    node.refuse('statement-form', `${named(node.type)} is not of what statements may have`);
  const parts = [required(node, 'left'), required(node, 'right')] as const;
  return node.type === 'COMPARE_EQUAL' ? { kind: 'equal', parts, at: node.place } : plainCall(node, parts);
}

function readConjunction(node: TreeNode): Expression {
  const parts = readAll(node.nodes('children'));
  return node.type === 'CONJUNCTION_AND' ? { kind: 'and', parts, at: node.place } : plainCall(node, parts);
}

function readOperator(node: TreeNode): Expression {
  const parts = readAll(node.nodes('children'));
  if (node.type === 'OPERATOR_COALESCE') return { kind: 'choice', values: parts, conditions: [], at: node.place };
  if (!OPERATORS.has(node.type))
    node.refuse('statement-form', `${named(node.type)} is not of what statements may have`);
  return plainCall(node, parts);
}

function readCast(node: TreeNode): Expression {
  node.is('try_cast');
  checkType(node);
  return plainCall(node, [required(node, 'child')]);
}

function readCase(node: TreeNode): Expression {
  const checks = node.list('case_checks').map((check) => new TreeNode(check, node.reading));
  const conditions = checks.map((check) => required(check, 'when_expr'));
  const values = checks.map((check) => required(check, 'then_expr'));
  for (const check of checks) check.end('case');
  const otherwise = node.node('else_expr');
  return {
    kind: 'choice',
    values: otherwise ? [...values, readExpression(otherwise)] : values,
    conditions,
    at: node.place,
  };
}

/** Functions have no schema, or the one that DuckDB writes for its own syntax: EXTRACT, SUBSTRING. */
function functionName(node: TreeNode): string {
  const name = (node.text('function_name') ?? '').toLowerCase();
  const schema = node.text('schema');
  if ((schema !== undefined && schema !== 'main') || node.text('catalog') !== undefined)
    node.refuse('statement-function', 'a function is named by itself, its arguments in parentheses');
  return name;
}

function readFunction(node: TreeNode): Expression {
  node.is('is_operator');
  const name = functionName(node);
  const aggregate = AGGREGATES.get(name);
  if (aggregate) return readAggregate(node, name, aggregate);
  const rule = SCALARS.get(name);
  if (!rule) return refuseFunction(node, name);
  const parts = readArguments(node);
  noOrder(node);
  const constants = parts.map(constantIn);
  const problem = rule.problem?.(constants);
  if (problem !== undefined) node.refuse('statement-function', `${shown(name)}: ${problem}`);
  if (rule.chooses) return { kind: 'choice', values: parts, conditions: parts, at: node.place };
  return { kind: 'call', parts, growth: rule.growth?.(constants) ?? 1, at: node.place };
}

function refuseFunction(node: TreeNode, name: string): never {
  const instead = INSTEAD.get(name) ?? 'the README of derivations lists those that are';
  return node.refuse(
    'statement-function',
    `${shown(name)} is not of the functions that statements may use: ${instead}`,
  );
}

/** A name as a statement has it, which may be anything. */
const shown = (name: string): string => JSON.stringify(name.slice(0, 60));

/** `f(a := 1)` names an argument; of `f(*)` DuckDB leaves nothing. */
function readArguments(node: TreeNode, least = 1): Expression[] {
  const children = node.nodes('children');
  if (children.length < least)
    node.refuse('statement-function', 'a function has its arguments in parentheses; only count() has *');
  if (children.some(({ alias }) => alias !== undefined))
    node.refuse('statement-form', 'arguments have no names: give them in their order');
  return readAll(children);
}

function constantIn(expression: Expression | undefined): Constant | undefined {
  return expression?.kind === 'constant' ? expression.value : undefined;
}

function noOrder(node: TreeNode): void {
  if (readOrders(node.node('order_bys')).length > 0) node.refuse('statement-form', 'only aggregates have an order');
}

function readAggregate(node: TreeNode, name: string, { how, ordered, adds }: AggregateRule): Expression {
  const parts = readArguments(node, name === 'count_star' ? 0 : 1);
  const order = readOrders(node.node('order_bys'));
  const filter = readOptional(node.node('filter'));
  node.is('distinct');
  if (ordered && order.every(isConstant))
    node.refuse('statement-reproducible', `${shown(name)} needs its order: string_agg(name, ',' ORDER BY code)`);
  if (adds || ordered) node.reading.inOneThread = true;
  return { kind: 'aggregate', how, parts, order, ...(filter ? { filter } : {}), at: node.place };
}

/** The expressions of an ORDER BY. */
export function readOrders(modifier: TreeNode | undefined): Expression[] {
  const orders = modifier?.nodes('orders') ?? [];
  modifier?.end('order by');
  return orders.map(readOrder);
}

function readOrder(order: TreeNode): Expression {
  order.text('null_order');
  const expression = required(order, 'expression');
  order.end('order by');
  return expression;
}

const FRAME_BOUNDS = ['start_expr', 'end_expr'];

function readWindow(node: TreeNode): Expression {
  const name = functionName(node);
  const { how, needsOrder } = windowRule(node, name);
  const parts = [
    ...readArguments(node, 0),
    ...['offset_expr', 'default_expr'].flatMap((part) => node.node(part) ?? []).map(readExpression),
  ];
  const partition = readAll(node.nodes('partitions'));
  const order = node.nodes('orders').map(readOrder);
  const filter = readOptional(node.node('filter_expr'));
  for (const bound of FRAME_BOUNDS) checkBound(node, bound);
  for (const said of ['start', 'end', 'exclude_clause']) node.text(said);
  for (const said of ['ignore_nulls', 'distinct']) node.is(said);
  if (node.nodes('arg_orders').length > 0)
    node.refuse('statement-form', 'the order stands behind OVER: row_number() OVER (ORDER BY code)');
  if (needsOrder && order.every(isConstant))
    node.refuse('statement-reproducible', `${shown(name)} needs an order: OVER (ORDER BY code), unique at best`);
  if (needsOrder) node.reading.inOneThread = true;
  return {
    kind: 'window',
    how,
    parts,
    partition,
    order,
    ...(filter ? { filter } : {}),
    at: node.place,
  } satisfies Window;
}

function windowRule(node: TreeNode, name: string): Pick<Window, 'how'> & { readonly needsOrder: boolean } {
  if (node.type !== 'WINDOW_AGGREGATE') {
    const rule = WINDOWS.get(node.type);
    return rule ? { how: rule.how, needsOrder: true } : refuseFunction(node, name);
  }
  const rule = AGGREGATES.get(name);
  if (!rule) return refuseFunction(node, name);
  if (rule.grouped) node.refuse('statement-function', `${shown(name)} has no OVER here: use it with GROUP BY`);
  if (rule.adds) node.reading.inOneThread = true;
  return { how: rule.how, needsOrder: false };
}

/** A frame that moves with the data could be as large as they are for each record. */
function checkBound(node: TreeNode, name: string): void {
  const bound = readOptional(node.node(name));
  if (bound && !isConstant(bound))
    node.refuse(
      'statement-form',
      'the bounds of a frame are numbers or intervals: ROWS BETWEEN 1 PRECEDING AND CURRENT ROW',
    );
}

function readSubquery(node: TreeNode): Expression {
  const type = node.text('subquery_type');
  const comparison = node.text('comparison_type');
  const statement = node.node('subquery');
  const tree = statement?.node('node');
  if (!statement || !tree) return node.refuse('statement-form', 'a sub-query lacks its SELECT');
  const query = node.reading.query(tree);
  statement.end('a sub-query');
  const sought = readOptional(node.node('child'));
  switch (type) {
    case 'SCALAR':
      return { kind: 'subquery', use: 'scalar', query, at: node.place };
    case 'EXISTS':
    case 'NOT_EXISTS':
      return { kind: 'subquery', use: 'exists', query, at: node.place };
    case 'ANY':
      if (!sought || comparison !== 'COMPARE_EQUAL')
        return node.refuse('statement-join', 'a sub-query is compared with IN, or with = where it has one value');
      return { kind: 'subquery', use: 'in', sought, query, at: node.place };
    default:
      return node.refuse('statement-form', 'sub-queries give one value, or stand in IN or EXISTS');
  }
}
