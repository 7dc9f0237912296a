import * as z from 'zod';

/** A member that no contract of today has, as a newer version of the hub might write it. */
export const LATER = { laterMember: { of: ['a newer hub'] } };

interface Def {
  readonly type: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
  readonly element: z.ZodType;
  readonly valueType: z.ZodType;
  readonly options: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly in: z.ZodType;
  readonly out: z.ZodType;
}

/**
 * A value with one member more in every strict object that its contract has, at any depth; members of maps, whose names
 * are data, stay as they are.
 */
export function grown(schema: z.ZodType, value: unknown): unknown {
  const def = schema._zod.def as unknown as Def;
  if (value === undefined || value === null) return value;
  if (def.innerType) return grown(def.innerType, value);
  switch (def.type) {
    case 'object': {
      const members = Object.entries(value as Readonly<Record<string, unknown>>).map(([name, member]) => {
        const inner = def.shape[name];
        return [name, inner ? grown(inner, member) : member] as const;
      });
      return { ...Object.fromEntries(members), ...(def.catchall instanceof z.ZodNever && LATER) };
    }
    case 'array':
      return (value as unknown[]).map((item) => grown(def.element, item));
    case 'record':
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, grown(def.valueType, item)]));
    case 'union': {
      const option = def.options.find((each) => each.safeParse(value).success);
      return option ? grown(option, value) : value;
    }
    case 'pipe':
      return typeof value === 'string' ? JSON.stringify(grown(def.out, JSON.parse(value))) : grown(def.out, value);
    default:
      return value;
  }
}

/** The places (RFC 6901) at which a value has the member. */
export function grownPlaces(value: unknown, path = ''): string[] {
  if (typeof value === 'string' && value.startsWith('{')) return grownPlaces(JSON.parse(value), path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'laterMember' ? [path] : grownPlaces(member, `${path}/${name}`),
  );
}
