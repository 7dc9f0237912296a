import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { problem } from './problem.ts';

/** Keys name fields of the schema, each once. */
export function keyProblems({ fields, primaryKey, uniqueKeys }: TableSchema): Violation[] {
  const names = new Set(fields.map(({ name }) => name));
  return [
    ...(primaryKey ? problemsOf('/schema/primaryKey', primaryKey, names) : []),
    ...(uniqueKeys ?? []).flatMap((key, i) => problemsOf(`/schema/uniqueKeys/${i}`, key, names)),
  ];
}

function problemsOf(path: string, key: readonly string[], names: ReadonlySet<string>): Violation[] {
  return key.flatMap((name, i) => {
    if (!names.has(name))
      return [
        problem(
          `${path}/${i}`,
          'unknown-field',
          `no field is called ${JSON.stringify(name)}: name a field of the schema`,
        ),
      ];
    return key.indexOf(name) < i
      ? [problem(`${path}/${i}`, 'repeated-field', `${JSON.stringify(name)} stands twice in one key: name it once`)]
      : [];
  });
}
