import type { Field, TableSchema, WarningRule } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { problem } from './problem.ts';

/** Rules whose constraint has another name than the rule, or more than one. */
const CONSTRAINTS: Readonly<Partial<Record<WarningRule, readonly string[]>>> = {
  minimum: ['minimum', 'exclusiveMinimum'],
  maximum: ['maximum', 'exclusiveMaximum'],
};

/** A severity speaks of a rule that the field has; what identifies a record always rejects. */
export function severityProblems(path: string, field: Field, schema: TableSchema): Violation[] {
  return Object.entries(field.severity ?? {}).flatMap(([rule, severity]) => {
    const at = `${path}/severity/${rule}`;
    if (makesKey(rule, field, schema)) {
      if (severity === 'error') return [];
      return [
        problem(
          at,
          'key-rule',
          `${rule} makes ${JSON.stringify(field.name)} a key: only error is possible, or take the field out of the key`,
        ),
      ];
    }
    return hasRule(rule, field)
      ? []
      : [problem(at, 'unknown-rule', `the field has no rule ${rule}: state its constraint, or leave this out`)];
  });
}

function makesKey(rule: string, { name }: Field, { primaryKey = [], uniqueKeys = [] }: TableSchema): boolean {
  if (rule !== 'required' && rule !== 'unique') return false;
  // A key of this one field is the same key as its own `unique`.
  return (
    primaryKey.includes(name) || (rule === 'unique' && uniqueKeys.some((key) => key.length === 1 && key[0] === name))
  );
}

function hasRule(rule: string, { constraints = {}, categories, check }: Field): boolean {
  if (rule === check || (rule === 'enum' && categories !== undefined)) return true;
  const names: readonly string[] = CONSTRAINTS[rule as WarningRule] ?? [rule];
  return Object.entries(constraints).some(([name, stated]) => names.includes(name) && stated !== false);
}
