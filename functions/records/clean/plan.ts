import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { AskedKind } from './answers.ts';
import type { ColumnMatch } from './contract.ts';
import type { MendSettings } from './mend/mender.ts';
import { readyColumn, type ReadyColumn } from './mend/ready-column.ts';

/** How the rows of a file are read as records, and what of them is changed. */
export interface Plan {
  /** Names of the header by column, from 0; the fields' where the file has none. */
  readonly names: readonly string[];
  /** Of every column that the header has. */
  readonly matches: readonly ColumnMatch[];
  /** The columns that are fields, in the order of the file. */
  readonly columns: readonly PlannedColumn[];
  /** What becomes of rows that look like totals, or like headings, though nothing in them is wrong; undefined: not decided. */
  readonly totals: 'keep' | 'leave-out' | undefined;
  readonly headings: 'keep' | 'leave-out' | undefined;
  /** Rows of a single cell behind it are remarks below the table. */
  readonly lastRecord: number;
}

export interface PlannedColumn {
  /** From 1. */
  readonly column: number;
  readonly field: string;
  readonly isMasked: boolean;
  readonly ready: ReadyColumn;
  readonly settings: MendSettings;
  /** Kinds of fault whose change its owner has allowed, or not; what is missing nobody has said. */
  readonly allowed: ReadonlyMap<AskedKind, boolean>;
}

export const plannedColumns = (
  matches: readonly ColumnMatch[],
  schema: TableSchema,
  about: (field: string) => Pick<PlannedColumn, 'settings' | 'allowed'>,
): PlannedColumn[] =>
  matches.flatMap(({ column, field: name }) => {
    const field = schema.fields.find((each) => each.name === name);
    if (!field) return [];
    const ready = readyColumn(field, schema);
    return [{ column, field: field.name, isMasked: ready.column.masked, ready, ...about(field.name) }];
  });
