import { Constraints, Field, type FieldType } from '../../../schemas/contracts/definition.ts';
import { isObject, type Json, note, type Note, quoted } from './draft.ts';

/** Types of Table Schema (any version) that a cell of CSV has no rules for here, and older names of those that it has. */
const OTHER_TYPES: Readonly<Record<string, readonly [FieldType, string | undefined]>> = {
  object: ['any', 'values are taken as they stand'],
  array: ['any', 'values are taken as they stand'],
  list: ['any', 'values are taken as they stand'],
  duration: ['any', 'values are taken as they stand'],
  gyear: ['year', undefined],
  gyearmonth: ['yearmonth', undefined],
};

const PROPERTIES = Object.keys(Field.shape).filter((name) => !['name', 'type', 'constraints'].includes(name));

/** A foreign field with all of it that the hub knows; what it does not know, or not in this shape, is noted. */
export function fieldFrom(raw: Json, index: number, notes: Note[]): Field | undefined {
  const path = `/schema/fields/${index}`;
  const name = Field.shape.name.safeParse(raw['name']);
  if (!name.success) {
    notes.push(note(path, `left out: field ${index + 1} has no usable name (1 to 200 characters)`));
    return undefined;
  }
  const type = typeFrom(raw['type'], path, notes);
  const members = PROPERTIES.flatMap((property) => member(Field.shape, property, raw[property], path, notes));
  const constraints = constraintsFrom(raw['constraints'], path, notes);
  const unknown = Object.keys(raw).filter((property) => !Object.hasOwn(Field.shape, property));
  if (unknown.length > 0) notes.push(note(path, `left out, as the hub has no such property: ${unknown.join(', ')}`));
  return Field.parse({
    name: name.data,
    type,
    ...Object.fromEntries(members),
    ...(constraints && { constraints }),
  });
}

function typeFrom(stated: unknown, path: string, notes: Note[]): FieldType {
  if (stated === undefined) return 'any';
  const known = Field.shape.type.safeParse(stated);
  if (known.success) return known.data;
  const [type, remark] = (typeof stated === 'string' && own(OTHER_TYPES, stated)) || (['any', undefined] as const);
  const says = remark ?? (type === 'any' ? 'the hub does not know it' : undefined);
  notes.push(note(`${path}/type`, `${quoted(stated)} became ${type}${says === undefined ? '' : `: ${says}`}`));
  return type;
}

function constraintsFrom(stated: unknown, path: string, notes: Note[]): Constraints | undefined {
  if (stated === undefined) return undefined;
  const at = `${path}/constraints`;
  if (!isObject(stated)) {
    notes.push(note(at, 'left out: constraints are an object'));
    return undefined;
  }
  const members = Object.keys(stated).flatMap((name) => {
    if (Object.hasOwn(Constraints.shape, name)) return member(Constraints.shape, name, stated[name], at, notes);
    notes.push(note(`${at}/${name}`, 'left out: the hub does not know this constraint'));
    return [];
  });
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

type Shape = Readonly<
  Record<string, { safeParse(value: unknown): { success: true; data: unknown } | { success: false } }>
>;

function member(shape: Shape, name: string, value: unknown, path: string, notes: Note[]): [string, unknown][] {
  if (value === undefined || value === null) return [];
  const parsed = shape[name]?.safeParse(value);
  if (parsed?.success) return [[name, parsed.data]];
  notes.push(note(`${path}/${name}`, `left out: ${quoted(value)} is no value for ${name}`));
  return [];
}

export const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
