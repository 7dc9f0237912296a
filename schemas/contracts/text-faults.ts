import * as z from 'zod';
import { firstUnfit, type TextKind } from './characters.ts';
import { pointerOf, type Path, type Violation } from './problem.ts';
import { kindOf } from './text.ts';

/**
 * Texts that have a character which nobody may write, at any depth, names of members included. They are judged here and not
 * by the schemas themselves, since these read what was stored before as well. What no schema says to be a paragraph or data
 * is a line, so that a new property cannot be forgotten.
 *
 * @param value as it came, of the form that the schema wants
 */
export function textFaults(schema: z.ZodType, value: unknown, path: Path = []): Violation[] {
  const kind = kindOf(schema);
  if (kind === 'data') return [];
  const inner = innerOf(schema);
  if (inner) return textFaults(inner, value, path);
  if (schema instanceof z.ZodUnion) return unionFaults(schema, value, path);
  if (typeof value === 'string') return stringFaults(value, kind, path);
  if (typeof value !== 'object' || value === null) return [];
  const memberOf = memberSchema(schema);
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => textFaults(memberOf(index), item, [...path, index]));
  return Object.entries(value).flatMap(([name, member]) => [
    ...(schema instanceof z.ZodObject ? [] : stringFaults(name, 'line', [...path, name])),
    ...textFaults(memberOf(name), member, [...path, name]),
  ]);
}

function stringFaults(text: string, kind: TextKind, path: Path): Violation[] {
  const found = firstUnfit(text, kind);
  if (!found) return [];
  const wanted = kind === 'line' ? 'one line of visible characters' : 'lines of visible characters, ended by U+000A';
  const message = `${wanted}: take out ${found.character}, character ${found.at}`;
  return [{ path: pointerOf(path), rule: 'characters', message }];
}

/** Of the forms that the value can be of, the one that allows most. */
function unionFaults(schema: z.ZodUnion, value: unknown, path: Path): Violation[] {
  const options = schema.options as readonly z.ZodType[];
  const found = options
    .filter((option) => option.safeParse(value).success)
    .map((option) => textFaults(option, value, path));
  return found.toSorted((one, other) => one.length - other.length)[0] ?? [];
}

/** What stands behind an optional, a default, a transformation. */
function innerOf(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodPipe) return schema.in as z.ZodType;
  const { innerType } = schema.def as { readonly innerType?: z.ZodType };
  return innerType;
}

const UNKNOWN = z.unknown();

function memberSchema(schema: z.ZodType): (name: string | number) => z.ZodType {
  if (schema instanceof z.ZodObject)
    return (name) => (Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : UNKNOWN);
  if (schema instanceof z.ZodArray) return () => schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return () => schema.valueType as z.ZodType;
  return () => UNKNOWN;
}
