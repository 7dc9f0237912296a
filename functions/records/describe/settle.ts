import { asLine } from '../../../schemas/contracts/characters.ts';
import { ResourceDefinition, type TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { textFaults } from '../../../schemas/contracts/text-faults.ts';
import { pointer } from '../definition/problem.ts';
import { definitionProblems } from '../definition/problems.ts';
import { isObject, type Described, type Draft, type Entry, type Json, type Note } from './draft.ts';
import { withoutWhat } from './leave-out.ts';

/** Every round leaves something out, and there is no more than this to a schema of 1000 fields. */
const MAX_ROUNDS = 100;

/**
 * A schema of the right shape as one that can be published: whatever `definitionProblems` has against it is left out, with
 * a note. What cannot be left out (two fields of one name) and what the catalog entry lacks are problems.
 */
export function settled(schema: TableSchema, entry: Entry, before: readonly Note[] = []): Described {
  const notes = [...before];
  let current = schema;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = schemaProblems(current);
    const [next, left] = withoutWhat(current, found);
    notes.push(...left);
    if (next === current) break;
    current = next;
  }
  const definition: Draft = { ...entry, schema: current };
  return { definition, notes, problems: problemsOf(definition) };
}

/** Of the schema alone: a catalog entry that nothing is wrong with stands around it. */
const schemaProblems = (schema: TableSchema): Violation[] =>
  definitionProblems(ResourceDefinition.parse({ ...PLACEHOLDERS, schema }));

const PLACEHOLDERS = { title: 'draft', provider: 'draft', shareType: 'unconditional' } as const;

/** All that keeps a draft from being published: empty for none. */
export function problemsOf(draft: Draft): Violation[] {
  const gaps = Object.entries(MISSING)
    .filter(([member]) => draft[member as keyof Entry] === undefined)
    .map(([member, message]) => ({ path: `/${member}`, rule: 'missing', message }));
  const parsed = ResourceDefinition.safeParse({ ...PLACEHOLDERS, ...draft });
  if (parsed.success) return [...gaps, ...definitionProblems(parsed.data), ...characterProblems(draft)];
  const wrong = parsed.error.issues.map(({ path, code, message }) => ({
    path: path.map((member) => `/${pointer(String(member))}`).join(''),
    rule: code,
    message,
  }));
  return [...gaps, ...wrong, ...schemaProblems(draft.schema), ...characterProblems(draft)];
}

/**
 * Characters that no request may have, which the hub would refuse. They are not taken out here: the name of a field is that
 * of a column, so that the file has to have the same.
 */
const characterProblems = (draft: Draft): Violation[] =>
  textFaults(ResourceDefinition, draft).map(({ path, rule, message }) => {
    const fit = asLine(String(at(draft, path)));
    const where = path.endsWith('/name') ? ', in the file as well' : '';
    return { path, rule, message: fit === '' ? message : `${message}; write ${JSON.stringify(fit)}${where}` };
  });

/** What a JSON pointer leads to. */
const at = (value: unknown, path: string): unknown =>
  path
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, name) =>
        isObject(inner) || Array.isArray(inner)
          ? (inner as Json)[name.replaceAll('~1', '/').replaceAll('~0', '~')]
          : undefined,
      value,
    );

const MISSING: Readonly<Record<string, string>> = {
  title: 'a resource has a title: state one',
  provider: 'no file says which department provides the resource: state its id',
  shareType: 'no file says how the resource is shared: state unconditional, conditional or refused',
};
