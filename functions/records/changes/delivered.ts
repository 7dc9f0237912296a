import type { AnyOutput } from '../csv/output.ts';
import {
  type DatasetSource,
  type ExtractField,
  extractFields,
  type ExtractRequest,
  type LinesWriter,
} from '../extract/extract-writer.ts';
import type { Filter } from '../extract/filter.ts';
import type { EditForm } from './edit-forms.ts';
import type { Row } from './row.ts';

/** What an extract delivers of the rows of one version. */
export interface Delivered {
  readonly filters: readonly Filter[];
  readonly whole: LinesWriter;
  /** The fields of the key, and nothing else. */
  readonly key: LinesWriter;
  /** All fields, with nothing in those that are not of the key. */
  readonly keyAlone: LinesWriter;
}

/** @throws as `extractFields` */
export function deliveredOf(
  { spec, refer }: Pick<ExtractRequest, 'spec' | 'refer'>,
  key: readonly string[],
  source: DatasetSource,
  { lines }: Pick<EditForm, 'lines'>,
): Delivered {
  const { fields, filters } = extractFields(spec, source, refer);
  const inKey = ({ column }: ExtractField): boolean => key.includes(column.name);
  return {
    filters,
    whole: lines(fields),
    key: lines(fields.filter(inKey)),
    keyAlone: lines(fields.map((field) => (inKey(field) ? field : { ...field, index: -1 }))),
  };
}

export const passes = ({ filters }: Delivered, { memory, cells }: Row): boolean =>
  filters.every((filter) => filter(memory, cells, 1) === 1);

/** One row, as a line. */
export const writeLine = (lines: LinesWriter, { memory, cells }: Row, output: AnyOutput): void =>
  lines(memory, cells, 1, output);
