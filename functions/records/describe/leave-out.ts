import type { Constraints, Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { note, type Note } from './draft.ts';

const BOUNDS = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const;

/**
 * The schema without what the problems speak of, and a note for each; the same schema if there is nothing to leave out.
 * A list that has one wrong entry goes as a whole: without that entry alone it would reject what it was to allow.
 */
export function withoutWhat(schema: TableSchema, problems: readonly Violation[]): [TableSchema, Note[]] {
  let current = schema;
  const notes: Note[] = [];
  const done = new Set<string>();
  for (const { path, message } of problems) {
    const target = targetOf(path);
    if (target === undefined || done.has(target)) continue;
    done.add(target);
    current = without(current, target.split('/').slice(2));
    notes.push(note(target, `left out: ${message}`));
  }
  return [done.size === 0 ? schema : withoutEmptyKeys(current), notes];
}

/** What goes for a problem at a path: a member of the schema, of a field or of its constraints. */
function targetOf(path: string): string | undefined {
  const ofField = /^\/schema\/fields\/\d+\/(?!name$)(constraints\/[^/]+|[^/]+)/.exec(path);
  if (ofField) return ofField[0];
  return /^\/schema\/(primaryKey|uniqueKeys\/\d+|missingValues)/.exec(path)?.[0];
}

function without(schema: TableSchema, [member, index, ...rest]: readonly string[]): TableSchema {
  switch (member) {
    case 'primaryKey': {
      const { primaryKey: _, ...others } = schema;
      return others;
    }
    case 'uniqueKeys':
      // Emptied first, so that the places of the others stay what the problems say.
      return { ...schema, uniqueKeys: (schema.uniqueKeys ?? []).map((key, i) => (i === Number(index) ? [] : key)) };
    case 'missingValues':
      return { ...schema, missingValues: distinctMissing(schema.missingValues) };
    default:
      return { ...schema, fields: schema.fields.map((field, i) => (i === Number(index) ? strip(field, rest) : field)) };
  }
}

function withoutEmptyKeys(schema: TableSchema): TableSchema {
  const { uniqueKeys = [], ...others } = schema;
  const kept = uniqueKeys.filter((key) => key.length > 0);
  return kept.length > 0 ? { ...others, uniqueKeys: kept } : others;
}

function strip(field: Field, [member = '', constraint]: readonly string[]): Field {
  if (member === 'missingValues' && field.missingValues)
    return { ...field, missingValues: distinctMissing(field.missingValues) };
  if (member !== 'constraints') return lacking(field, [member]);
  const constraints = lacking<Constraints>(field.constraints ?? {}, constraint === undefined ? BOUNDS : [constraint]);
  return Object.keys(constraints).length > 0 ? { ...field, constraints } : lacking(field, ['constraints']);
}

const lacking = <T extends object>(from: T, names: readonly string[]): T =>
  Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name))) as T;

const distinctMissing = (list: TableSchema['missingValues']): TableSchema['missingValues'] => {
  const values = list.map((entry) => (typeof entry === 'string' ? entry : entry.value));
  return list.filter((_, i) => values.indexOf(values[i] ?? '') === i);
};
