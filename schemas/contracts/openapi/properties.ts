/** As much of JSON Schema as the contracts use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly [limit: string]: unknown;
}

export interface PropertyRow {
  readonly name: string;
  readonly depth: number;
  readonly type: string;
  readonly required: boolean;
  readonly says: string;
}

type Components = Readonly<Record<string, Schema>>;

const DEEPEST = 4;

/** The properties of an object, nested ones below their parents, as the rows of a table. */
export function propertyRows(schema: Schema, components: Components, depth = 0): PropertyRow[] {
  const own = dereferenced(schema, components);
  return Object.entries(own.properties ?? {}).flatMap(([name, property]) => {
    const resolved = dereferenced(property, components);
    const inner = dereferenced(resolved.items ?? resolved, components);
    const row = {
      name,
      depth,
      type: typeOf(property),
      required: own.required?.includes(name) ?? false,
      says: limitsOf(resolved),
    };
    return [row, ...(depth < DEEPEST ? propertyRows(inner, components, depth + 1) : [])];
  });
}

const nameOf = ($ref: string): string => $ref.split('/').at(-1) ?? '';

/** A union of which there is one member so far is shown as that. */
function dereferenced(schema: Schema, components: Components): Schema {
  const [only, ...others] = schema.oneOf ?? [];
  if (only && others.length === 0) return dereferenced(only, components);
  const named = schema.$ref === undefined ? undefined : components[nameOf(schema.$ref)];
  return named ? dereferenced(named, components) : schema;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref).replace(/Output$/, '');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => typeOf(choice)).join(' | ');
  if (schema.type === 'array') return listOf(typeOf(schema.items ?? {}));
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object')
    return `map of ${typeOf(schema.additionalProperties)}`;
  return [schema.type ?? 'any'].flat().join(' | ') + (schema.format ? ` (${schema.format})` : '');
}

const listOf = (type: string): string => (type.includes(' | ') ? `(${type})[]` : `${type}[]`);

const words: Readonly<Record<string, string>> = {
  minimum: 'from',
  maximum: 'to',
  minLength: 'characters from',
  maxLength: 'characters to',
  minItems: 'items from',
  maxItems: 'items to',
};

/** A limit that only says how far integers reach is none to speak of. */
const speaks = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;

function limitsOf(schema: Schema): string {
  const limits = Object.entries(words).flatMap(([key, word]) =>
    speaks(schema[key]) ? [`${word} ${String(schema[key])}`] : [],
  );
  const pattern = schema.pattern !== undefined && schema.format === undefined ? [`matches ${schema.pattern}`] : [];
  const fallback = schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`];
  return [...(schema.description ? [schema.description] : []), ...limits, ...pattern, ...fallback].join(' · ');
}
