import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { RepresentedColumn } from '../../../schemas/stored/datasets.ts';
import type { DatasetSource } from '../extract/extract-writer.ts';
import { isOrderedText } from '../types/ordered/ordered-text.ts';

/**
 * The columns of a dataset as a table of texts. They are named by their place, so that no name of a field stands in SQL or in
 * the schema of a file: `t0`, `t1`, … for the text of the field at that place, and `v0`, … for its ordered text where that is
 * another. Beside them `n` numbers the records from 1, and `k`, where there is a primary key, is that as one ordered text.
 */
export interface Layout {
  readonly columns: readonly RepresentedColumn[];
  /** Of the primary key; undefined where there is none. */
  readonly keyFields?: readonly string[];
}

/** @throws if the dataset has a column that the schema does not have */
export function layoutOf({ schema, columns }: DatasetSource): Layout {
  const { primaryKey } = schema;
  return {
    columns: columns.map((field, place) => ({
      field,
      text: `t${place}`,
      ...(!isOrderedText(fieldNamed(field, schema)) && { ordered: `v${place}` }),
    })),
    ...(primaryKey?.every((name) => columns.includes(name)) && { keyFields: primaryKey }),
  };
}

export function fieldNamed(name: string, schema: TableSchema): TableSchema['fields'][number] {
  const field = schema.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error('a dataset has a column that its schema does not have');
  return field;
}

/** Names of all columns of the table, in their order: `n`, `k`, then texts and ordered texts. */
export const tableColumns = ({ columns, keyFields }: Layout): string[] => [
  'n',
  ...(keyFields ? ['k'] : []),
  ...columns.map(({ text }) => text),
  ...columns.flatMap(({ ordered }) => ordered ?? []),
];
