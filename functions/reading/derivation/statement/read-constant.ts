import type { Constant } from './syntax.ts';
import type { TreeNode } from './tree-node.ts';

const TYPES: ReadonlySet<string> = new Set([
  'NULL',
  'VARCHAR',
  'BOOLEAN',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'DECIMAL',
  'DOUBLE',
]);

type Value = { readonly type?: { readonly id?: unknown }; readonly is_null?: unknown; readonly value?: unknown };

/** A constant as the statement has it; of a decimal its digits without the point, of a number beyond 64 bits none. */
export function constantOf(node: TreeNode): Constant {
  const { type, is_null: isNull, value } = (node.value('value') ?? {}) as Value;
  if (typeof type?.id !== 'string' || !TYPES.has(type.id))
    node.refuse('statement-type', 'constants are texts, numbers, true, false and NULL');
  if (isNull === true) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
