import { readExpression } from './read-expression.ts';
import type { Alias, JoinKind, Table } from './syntax.ts';
import type { TreeNode } from './tree-node.ts';

/** What stands behind FROM; every form that is not here is refused. */
export const readTable = (node: TreeNode): Table =>
  node.reading.within(node, () => {
    const read = READERS[node.type];
    if (!read) return node.refuse('statement-form', INSTEAD[node.type] ?? 'records come from inputs, by their names');
    if (node.value('sample') !== undefined)
      node.refuse('statement-reproducible', 'a sample is another one each time: choose records by a condition');
    const table = read(node);
    node.end('a table');
    return table;
  });

const READERS: Readonly<Record<string, (node: TreeNode) => Table>> = {
  BASE_TABLE: readNamed,
  SUBQUERY: readSubquery,
  EXPRESSION_LIST: readValues,
  JOIN: readJoin,
};

const INSTEAD: Readonly<Record<string, string>> = {
  TABLE_FUNCTION:
    'functions that make tables are not taken, files among them: records come from inputs, by their names',
  PIVOT: 'PIVOT makes columns of data: write an aggregate with FILTER for each',
  SHOW_REF: 'DESCRIBE, SHOW and SUMMARIZE are not taken: a statement selects',
};

const aliasOf = (node: TreeNode): Alias => ({
  ...(node.alias === undefined ? {} : { name: node.alias }),
  columns: node.texts('column_name_alias'),
});

function readNamed(node: TreeNode): Table {
  const name = node.text('table_name') ?? '';
  if (node.text('schema_name') !== undefined || node.text('catalog_name') !== undefined)
    node.refuse('statement-name', 'an input is named by itself: no schema, no catalog');
  if (node.value('at_clause') !== undefined)
    node.refuse('statement-form', 'an input has one version, the newest: leave AT out');
  return { kind: 'named', name, alias: aliasOf(node), at: node.place };
}

function readSubquery(node: TreeNode): Table {
  const statement = node.node('subquery');
  const tree = statement?.node('node');
  if (!statement || !tree) return node.refuse('statement-form', 'a sub-query lacks its SELECT');
  const query = node.reading.query(tree);
  statement.end('a sub-query');
  return { kind: 'subquery', query, alias: aliasOf(node), at: node.place };
}

function readValues(node: TreeNode): Table {
  const rows = node.list('values').map((row) => node.children(row).map(readExpression));
  node.list('expected_names');
  return { kind: 'values', rows, alias: aliasOf(node), at: node.place };
}

const KINDS: Readonly<Record<string, JoinKind>> = {
  INNER: 'inner',
  LEFT: 'left',
  FULL: 'full',
  SEMI: 'semi',
  ANTI: 'anti',
};

function readJoin(node: TreeNode): Table {
  const type = node.text('join_type') ?? '';
  const join = KINDS[type];
  if (type === 'RIGHT') node.refuse('statement-join', 'write LEFT JOIN, with the sides the other way round');
  if (!join || node.text('ref_type') !== 'REGULAR')
    return node.refuse('statement-join', 'records are joined by columns: JOIN … ON one.code = other.code, or USING');
  const [left, right] = [node.node('left'), node.node('right')];
  const condition = node.node('condition');
  const using = node.texts('using_columns');
  if (!left || !right || (!condition && using.length === 0))
    return node.refuse('statement-join', 'records are joined by columns: JOIN … ON one.code = other.code, or USING');
  const on = condition ? readExpression(condition) : { using };
  return { kind: 'join', join, sides: [readTable(left), readTable(right)], on, at: node.place };
}
