import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { problem } from './problem.ts';

/** Table Schema v2, `missingValues`: each value once. */
export function listProblems(path: string, list: TableSchema['missingValues']): Violation[] {
  const values = list.map((entry) => (typeof entry === 'string' ? entry : entry.value));
  return values.flatMap((value, i) =>
    values.indexOf(value) < i
      ? [
          problem(
            `${path}/${i}`,
            'repeated-value',
            `${JSON.stringify(value)} stands twice: list each missing value once`,
          ),
        ]
      : [],
  );
}
