import type { TableSchema } from '../../../schemas/contracts/definition.ts';

export type TableName = 'legal-entities' | 'enforcement' | 'wide';

/** One way in which a record is bad: changes its cells. */
export interface BadKind {
  readonly name: string;
  spoil(cells: string[]): void;
}

/** A table of the bench: what its rows have to be, how they are made, and how some are spoilt. */
export interface BenchTable {
  readonly schema: TableSchema;
  /** Makes good rows: the same ones for the same seed. */
  readonly maker: (seed: number) => (serial: number) => string[];
  readonly bad: readonly BadKind[];
}

export const columnsOf = ({ schema }: BenchTable): string[] => schema.fields.map(({ name }) => name);

/** Puts another value into a column. */
export const put =
  (column: number, value: string) =>
  (cells: string[]): void => {
    cells[column] = value;
  };
