import type { Field } from '../../../schemas/contracts/definition.ts';
import type { BenchTable } from '../tables/table.ts';

export interface SqlRules {
  readonly columns: readonly string[];
  /** What must hold of each field that has a value. */
  readonly holds: Readonly<Record<string, string>>;
  readonly required: ReadonlySet<string>;
}

/** The constraints that the tables of the bench have, in SQL. */
export const rulesOf = ({ schema: { fields } }: BenchTable): SqlRules => ({
  columns: fields.map(({ name }) => name),
  holds: Object.fromEntries(fields.map((field) => [field.name, holdsOf(field)])),
  required: new Set(fields.filter(({ constraints }) => constraints?.required).map(({ name }) => name)),
});

const text = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;

function holdsOf({ name, type, constraints: { pattern, enum: listed, maxLength, minimum } = {} }: Field): string {
  if (pattern !== undefined) return `regexp_full_match(${name}, ${text(pattern)})`;
  if (listed) return `${name} IN (${listed.map(text).join(', ')})`;
  if (maxLength !== undefined) return `length(${name}) <= ${maxLength}`;
  switch (type) {
    case 'integer':
      return `regexp_full_match(${name}, '[+-]?\\d+') AND try_cast(${name} AS BIGINT) >= ${minimum}`;
    case 'number':
      return `coalesce(try_cast(${name} AS DOUBLE) >= ${minimum}, false)`;
    case 'date':
      return `regexp_full_match(${name}, '${DAY}') AND coalesce(try_cast(${name} AS DATE) >= DATE ${text(minimum)}, false)`;
    case 'datetime':
      return `regexp_full_match(${name}, '${DAY}T\\d{2}:\\d{2}:\\d{2}') AND coalesce(try_cast(${name} AS TIMESTAMP) >= TIMESTAMP ${text(minimum)}, false)`;
    default:
      return 'true';
  }
}

const DAY = '\\d{4}-\\d{2}-\\d{2}';
