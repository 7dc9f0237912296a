import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { FALSE_VALUES, TRUE_VALUES } from '../types/boolean.ts';
import { missingValuesOf } from '../types/column.ts';
import { formatOf } from '../types/temporal.ts';

/**
 * Whether an extract of a dataset of the `actual` version still means what the `pinned` version says: every field that
 * the extract delivers, filters or masks is in both, written and read the same way. Constraints may differ.
 */
export function compatible(spec: Omit<ExtractSpec, 'format'>, pinned: TableSchema, actual: TableSchema): boolean {
  const used = new Set([...spec.fields, ...spec.filter.map(({ field }) => field), ...Object.keys(spec.mask)]);
  return [...used].every((name) => {
    const before = lexis(name, pinned);
    return before !== undefined && before === lexis(name, actual);
  });
}

/** How a field's cells are read, with the defaults written out. Lists without their order. */
function lexis(name: string, schema: TableSchema): string | undefined {
  const field = schema.fields.find((candidate) => candidate.name === name);
  return (
    field &&
    JSON.stringify([
      field.type,
      formatOf(field.format),
      missingValuesOf(field, schema).toSorted(),
      options(field),
      field.reference,
    ])
  );
}

function options(field: Field): unknown {
  switch (field.type) {
    case 'boolean':
      return [[...(field.trueValues ?? TRUE_VALUES)].toSorted(), [...(field.falseValues ?? FALSE_VALUES)].toSorted()];
    case 'number':
      return [field.decimalChar ?? '.', field.groupChar, field.bareNumber ?? true];
    case 'integer':
      return [field.groupChar, field.bareNumber ?? true];
    default:
      return [];
  }
}
