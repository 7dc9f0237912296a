import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { type Column, columnOf } from '../types/column.ts';
import { storedValue } from '../types/stored-value.ts';
import { coverOf } from './cover.ts';
import { conditionOn } from './filter.ts';
import { masked, type Refer } from './mask.ts';

/** A row's cells as they are stored; null where a value is missing, or the dataset has no such column. */
export type RowCells = (field: string) => string | null;

/** What terms make of a dataset, one row at a time, as `writeExtracts` makes it of a whole one. */
export interface RowView {
  /** Fields whose cells are asked for. */
  readonly needs: readonly string[];
  isWithin(row: RowCells): boolean;
  /**
   * The granted fields as NDJSON has them, masked, attachments by reference; numbers are `JSON.rawJSON` with the digits they came with.
   * @throws UnreadableValue
   */
  shown(row: RowCells): Readonly<Record<string, unknown>>;
}

/** @throws if a field is none of the schema, or attachments are given and `refer` is left out. */
export function rowView(
  { fields, filter, mask }: Pick<ExtractSpec, 'fields' | 'filter' | 'mask'>,
  schema: TableSchema,
  refer?: Refer,
): RowView {
  const column = (name: string): Column => {
    const field = schema.fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error('terms name a field that the schema does not have');
    return columnOf(field, schema);
  };
  const conditions = filter.map((condition) => ({
    field: condition.field,
    holds: conditionOn(condition, column(condition.field)),
  }));
  const columns = fields.map(column).map((each) => ({ ...each, cover: coverOf(each.field, mask, refer) }));
  return {
    needs: [...new Set([...fields, ...filter.map(({ field }) => field)])],
    isWithin: (row) =>
      conditions
        .map(({ field, holds }) => {
          const text = row(field);
          return text !== null && holds(text);
        })
        .every(Boolean),
    shown: (row) =>
      Object.fromEntries(
        columns.map((each) => {
          const text = row(each.name);
          if (text === null || each.missing.has(text)) return [each.name, null];
          return [each.name, each.cover === undefined ? jsonOf(each, text) : masked(each.cover, text)];
        }),
      ),
  };
}

// Stage 4 of ECMAScript, in V8 since 11.4; TypeScript's libraries do not have it yet.
declare global {
  interface JSON {
    rawJSON(text: string): object;
  }
}

const jsonOf = (column: Column, text: string): unknown =>
  column.type.json ? JSON.rawJSON(column.type.json(storedValue(column, text))) : text;
