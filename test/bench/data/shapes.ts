import type { Encoding } from '../../../schemas/contracts/uploads.ts';
import type { TableName } from '../tables/table.ts';

/** How a file of the bench differs from the plain one. */
export interface Shape {
  readonly name: ShapeName;
  readonly table: TableName;
  readonly encoding: Encoding;
  /** Quotes around every cell. */
  readonly allQuoted: boolean;
  /** One record in so many is bad. */
  readonly badEvery: number;
  /** One record in so many has the organisation code of an earlier one; 0: none. */
  readonly duplicateEvery: number;
  /** One record in so many differs from the plain file's: of four two are changed, one is gone, one is new; 0: none. */
  readonly editEvery: number;
}

export type ShapeName =
  | 'plain'
  | 'all-quoted'
  | 'five-percent-bad'
  | 'gb18030'
  | 'duplicates'
  | 'next-day'
  | 'enforcement'
  | 'wide';

const plain: Shape = {
  name: 'plain',
  table: 'legal-entities',
  encoding: 'utf-8',
  allQuoted: false,
  badEvery: 200,
  duplicateEvery: 0,
  editEvery: 0,
};

export const SHAPES: Readonly<Record<ShapeName, Shape>> = {
  plain,
  'all-quoted': { ...plain, name: 'all-quoted', allQuoted: true },
  'five-percent-bad': { ...plain, name: 'five-percent-bad', badEvery: 20 },
  gb18030: { ...plain, name: 'gb18030', encoding: 'gb18030' },
  duplicates: { ...plain, name: 'duplicates', duplicateEvery: 10_000 },
  enforcement: { ...plain, name: 'enforcement', table: 'enforcement' },
  wide: { ...plain, name: 'wide', table: 'wide' },
  'next-day': { ...plain, name: 'next-day', editEvery: 100 },
};
