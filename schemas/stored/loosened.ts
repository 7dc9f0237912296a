import * as z from 'zod';
// By its name: all of `z.core` brings zod's languages along.
import { clone } from 'zod/v4/core';

const found = { kept: new WeakMap<z.ZodType, z.ZodType>(), dropped: new WeakMap<z.ZodType, z.ZodType>() };
type Unknown = keyof typeof found;

/**
 * A contract for what another version of the hub wrote: members that it does not know, at any depth, are no fault and stay
 * where they are. A contract of a request is strict; what is stored, or on its way through a queue, is read with this.
 */
export const loosened = <S extends z.ZodType>(schema: S): S => rebuilt(schema, 'kept');

/** The same of which only the members that it knows come out: what is answered says nothing that its route does not. */
export const projected = <S extends z.ZodType>(schema: S): S => rebuilt(schema, 'dropped');

function rebuilt<S extends z.ZodType>(schema: S, unknown: Unknown): S {
  const known = found[unknown].get(schema);
  if (known) return known as S;
  const made = remade(schema, (inner) => rebuilt(inner, unknown), unknown);
  found[unknown].set(schema, made);
  return made;
}

type Inner = (schema: z.ZodType) => z.ZodType;

/** As it was, with its checks and defaults; only what it says of unknown members is another. */
function remade<S extends z.ZodType>(schema: S, inner: Inner, unknown: Unknown): S {
  const def = schema._zod.def as unknown as Def;
  const other = partsOf(def, inner, unknown);
  return other ? clone(schema, { ...def, ...other } as never) : schema;
}

/** What zod writes down of a schema (https://zod.dev/packages/core, "Internals"), as far as it has schemas inside. */
interface Def {
  readonly type: string;
  readonly discriminator?: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType | undefined;
  readonly element: z.ZodType;
  readonly valueType: z.ZodType;
  readonly items: readonly z.ZodType[];
  readonly options: readonly z.ZodType[];
  readonly innerType: z.ZodType;
  readonly in: z.ZodType;
  readonly out: z.ZodType;
}

function partsOf(def: Def, inner: Inner, unknown: Unknown): Partial<Def> | undefined {
  switch (def.type) {
    case 'object': {
      const shape = Object.fromEntries(Object.entries(def.shape).map(([name, member]) => [name, inner(member)]));
      return { shape, ...catchall(def, unknown) };
    }
    case 'array':
      return { element: inner(def.element) };
    case 'record':
      return { valueType: inner(def.valueType) };
    case 'tuple':
      return { items: def.items.map(inner) };
    case 'union':
      return { options: optionsOf(def, inner, unknown) };
    case 'pipe':
      return { in: inner(def.in), out: inner(def.out) };
    default:
      return 'innerType' in def ? { innerType: inner(def.innerType) } : undefined;
  }
}

/** One that takes a part of a thing on purpose (`z.object`) goes on to do so. */
function catchall(def: Def, unknown: Unknown): { readonly catchall?: z.ZodType | undefined } {
  const isStrict = def.catchall instanceof z.ZodNever;
  if (!isStrict) return {};
  return { catchall: unknown === 'kept' ? z.unknown() : undefined };
}

/** Of options without a name for themselves, the one that fits exactly comes first: a loose one could take its place. */
const optionsOf = ({ options, discriminator }: Def, inner: Inner, unknown: Unknown): readonly z.ZodType[] =>
  discriminator !== undefined || unknown === 'kept' ? options.map(inner) : [...options, ...options.map(inner)];
