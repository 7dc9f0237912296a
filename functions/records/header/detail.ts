import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { HeaderFindings } from '../../../schemas/contracts/uploads.ts';
import { OP_COLUMN } from './op.ts';
import { errorsColumn } from './errors-column.ts';
import { isRequired } from '../types/column.ts';
import { MAX_LISTED, shortened } from './findings.ts';

/** The answer's own words about a header: what is wrong, what is needed, what was found. */
export function headerDetail(columns: readonly string[], findings: HeaderFindings, schema: TableSchema): string {
  const needed = listed([
    ...findings.needed.filter(({ name }) => name === OP_COLUMN).map(({ name }) => name),
    ...neededOf(schema),
  ]);
  if (findings.noHeader && findings.found.length === 0) {
    return `the first line names none of the fields; does the file begin with a header row, and is its delimiter a comma? Needed: ${needed}. Found: ${columns.length} other values.`;
  }
  return `${complaints(columns, findings, schema).join('; ')}. Needed: ${needed}. Found: ${listed(columns)}.`;
}

function complaints(columns: readonly string[], findings: HeaderFindings, schema: TableSchema): string[] {
  const names = new Set(schema.fields.map(({ name }) => name));
  const unknown = columns.filter(
    (column) => !names.has(column) && (findings.unknown.includes(shortened(column)) || columns.length > MAX_LISTED),
  );
  return [
    ...(findings.delimiter === undefined
      ? []
      : [`the delimiter is not a comma but ${JSON.stringify(findings.delimiter)}`]),
    ...(unknown.length > 0
      ? [`unknown: ${shownOf(unknown.map((column) => named(column, columns, findings, schema)))}`]
      : []),
    ...(findings.repeated.length > 0 ? [`repeated: ${findings.repeated.join(', ')}`] : []),
    ...(findings.missing.length > 0 ? [`missing: ${findings.missing.join(', ')}`] : []),
    ...(findings.notInDataset
      ? [
          `not in the dataset that these records join: ${findings.notInDataset.join(', ')} (upload the whole file to bring a column in)`,
        ]
      : []),
  ];
}

function named(column: string, columns: readonly string[], { renames }: HeaderFindings, schema: TableSchema): string {
  if (column === '') return `column ${columns.indexOf('') + 1}, which has no name`;
  if (column === errorsColumn(schema))
    return `${column} (the last column of a fix-file: upload it as the fixes of its upload)`;
  if (column === OP_COLUMN) return `${column} (a file of edits: announce it as changes)`;
  const rename = renames.find(({ from }) => from === shortened(column));
  return rename ? `${shortened(column)} (did you mean ${rename.to}?)` : shortened(column);
}

const neededOf = (schema: TableSchema): string[] =>
  schema.fields.map((field) => (isRequired(field, schema) ? field.name : `${field.name} (optional)`));

const listed = (names: readonly string[]): string => shownOf(names.map(shortened));

function shownOf(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return names.length > MAX_LISTED ? `${shown} and ${names.length - MAX_LISTED} more` : shown;
}
