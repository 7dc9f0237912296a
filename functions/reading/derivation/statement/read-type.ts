import type { TreeNode } from './tree-node.ts';

/** Types that values may be made to: those of fields, and what is reckoned with on the way. */
const TYPES: ReadonlySet<string> = new Set([
  'VARCHAR',
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'DECIMAL',
  'DOUBLE',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'TIMESTAMP WITH TIME ZONE',
  'INTERVAL',
]);

export function checkType(node: TreeNode): void {
  const type = node.value('cast_type') as { readonly id?: unknown } | undefined;
  if (typeof type?.id !== 'string' || !TYPES.has(type.id))
    node.refuse('statement-type', `a value can be made to ${[...TYPES].join(', ')}, not to another type`);
}
