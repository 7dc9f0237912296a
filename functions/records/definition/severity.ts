import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { problem } from './problem.ts';
import { statesRule } from './stated-rule.ts';

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
    return statesRule(field, rule)
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
