import { readExpression, readOrders } from './read-expression.ts';
import { readTable } from './read-table.ts';
import { type Cte, type Expression, isConstant, type Output, type Query, type SetOperation } from './syntax.ts';
import type { TreeNode } from './tree-node.ts';

/** A SELECT, or several put together. */
export const readQuery = (node: TreeNode): Query =>
  node.reading.within(node, () => {
    const query = node.type === 'SET_OPERATION_NODE' ? readSetOperation(node) : readSelect(node);
    node.end('a select');
    return query;
  });

function readSelect(node: TreeNode): Query {
  if (node.type !== 'SELECT_NODE')
    node.refuse(
      'statement-form',
      `${node.type === 'RECURSIVE_CTE_NODE' ? 'recursion' : 'this'} is not of what statements may have`,
    );
  const whole = readWhole(node);
  const outputs = node.nodes('select_list').map(readOutput);
  const table = node.node('from_table');
  const from = table && table.type !== 'EMPTY' ? readTable(table) : undefined;
  const where = node.node('where_clause');
  const having = node.node('having');
  const qualify = node.node('qualify');
  if (node.value('sample') !== undefined)
    node.refuse('statement-reproducible', 'a sample is another one each time: choose records by a condition');
  return {
    kind: 'select',
    ...whole,
    outputs,
    ...(from ? { from } : {}),
    ...(where ? { where: readExpression(where) } : {}),
    group: readGroup(node),
    ...(having ? { having: readExpression(having) } : {}),
    ...(qualify ? { qualify: readExpression(qualify) } : {}),
  };
}

function readOutput(node: TreeNode): Output {
  const value = readExpression(node);
  const name = node.alias ?? (value.kind === 'column' ? value.name : undefined);
  return { ...(name === undefined ? {} : { name }), value };
}

function readGroup(node: TreeNode): Expression[] | 'all' {
  const expressions = node.nodes('group_expressions').map(readExpression);
  const sets = node.list('group_sets');
  const handling = node.text('aggregate_handling');
  const isWhole = (set: unknown): boolean => Array.isArray(set) && set.length === expressions.length;
  if (sets.length > 1 || (sets.length === 1 && !isWhole(sets[0])))
    node.refuse('statement-form', 'one GROUP BY is taken: write UNION ALL in place of grouping sets, rollup and cube');
  if (handling === 'FORCE_AGGREGATES') return 'all';
  return expressions;
}

const OPERATIONS: Readonly<Record<string, SetOperation['operation']>> = {
  UNION: 'union',
  EXCEPT: 'except',
  INTERSECT: 'intersect',
};

function readSetOperation(node: TreeNode): Query {
  const operation = OPERATIONS[node.text('setop_type') ?? ''];
  const isDistinct = node.value('setop_all') === false;
  const [left, right] = [node.node('left'), node.node('right')];
  if (!operation || !left || !right)
    return node.refuse('statement-form', 'UNION, UNION ALL, EXCEPT and INTERSECT are taken, by the place of columns');
  if (!isDistinct && operation !== 'union') node.refuse('statement-form', 'EXCEPT and INTERSECT are taken without ALL');
  return {
    kind: 'set-operation',
    ...readWhole(node),
    operation: operation === 'union' && !isDistinct ? 'union-all' : operation,
    sides: [readQuery(left), readQuery(right)],
  };
}

/** What a whole SELECT and a whole UNION have. */
function readWhole(node: TreeNode) {
  const modifiers = node.nodes('modifiers').map(readModifier);
  const order = modifiers.flatMap((modifier) => modifier.order ?? []);
  const limited = modifiers.some((modifier) => modifier.limited === true);
  if (limited && order.every((part) => part.kind !== 'constant' && isConstant(part)))
    node.refuse('statement-reproducible', 'LIMIT takes the first of an order: state one, with ORDER BY');
  if (limited) node.reading.inOneThread = true;
  return {
    with: readWith(node.node('cte_map')),
    distinct: modifiers.some((modifier) => modifier.distinct === true),
    order,
    limited,
    at: node.somewhere,
  };
}

interface Modifier {
  readonly distinct?: true;
  readonly order?: readonly Expression[];
  readonly limited?: true;
}

function readModifier(node: TreeNode): Modifier {
  switch (node.type) {
    case 'ORDER_MODIFIER':
      return { order: readOrders(node) };
    case 'DISTINCT_MODIFIER':
      if (node.nodes('distinct_on_targets').length > 0)
        node.refuse(
          'statement-reproducible',
          'DISTINCT ON takes any of several records: use row_number() over an order',
        );
      node.end('distinct');
      return { distinct: true };
    case 'LIMIT_MODIFIER':
      for (const bound of ['limit', 'offset']) checkLimit(node, bound);
      node.end('limit');
      return { limited: true };
    default:
      return node.refuse('statement-form', 'LIMIT is a number of records');
  }
}

function checkLimit(node: TreeNode, name: string): void {
  const bound = node.node(name);
  if (bound && readExpression(bound).kind !== 'constant')
    node.refuse('statement-form', 'LIMIT and OFFSET are numbers that stand in the statement');
}

function readWith(map: TreeNode | undefined): Cte[] {
  const entries = map?.nodes('map') ?? [];
  map?.end('with');
  return entries.map((entry) => {
    const name = entry.text('key') ?? '';
    const value = entry.node('value');
    const query = value?.node('query');
    const tree = query?.node('node');
    if (!value || !query || !tree) return entry.refuse('statement-form', 'a WITH lacks its SELECT');
    const columns = value.texts('aliases');
    value.text('materialized');
    const read = readQuery(tree);
    for (const part of [query, value, entry]) part.end('with');
    return { name, columns, query: read };
  });
}
