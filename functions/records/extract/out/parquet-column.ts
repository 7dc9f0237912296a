import type { SchemaElement } from 'hyparquet';
import type { ExtractField } from '../extract-field.ts';
import type { Column } from '../../types/column.ts';
import { canonicalDecimal, type Decimal } from '../../types/decimal.ts';
import type { Moment } from '../../types/moment.ts';
import { storedValue } from '../../types/stored-value.ts';
import { UnfitExtract } from './unfit.ts';

/** A column of a Parquet file, and how a field's texts become its values. */
export interface ParquetColumn {
  readonly element: SchemaElement;
  /** @throws if the value does not fit in the column. */
  readonly valueOf: (text: string) => unknown;
}

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT32 = 2 ** 31 - 1;

/**
 * The column of a field: `integer` INT64, `number` DOUBLE (the nearest one), `boolean` BOOLEAN, `date` DATE, `datetime`
 * TIMESTAMP in microseconds UTC; all else, and what is masked, text as it came. All are optional.
 */
export function parquetColumn({ column, cover }: ExtractField): ParquetColumn {
  return cover === undefined ? typed(column) : textColumn(column.name);
}

const textColumn = (name: string): ParquetColumn => ({
  element: {
    name,
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    logical_type: { type: 'STRING' },
    repetition_type: 'OPTIONAL',
  },
  valueOf: (text) => text,
});

function typed(column: Column): ParquetColumn {
  const { name, field } = column;
  const of = (element: Omit<SchemaElement, 'name'>, valueOf: (value: unknown) => unknown): ParquetColumn => ({
    element: { name, repetition_type: 'OPTIONAL', ...element },
    valueOf: (text) => fitting(valueOf(storedValue(column, text)), name),
  });
  switch (field.type) {
    case 'integer':
      return isBeyondInt64(column) ? textColumn(name) : of({ type: 'INT64' }, (value) => int64(value as Decimal));
    case 'number':
      return of({ type: 'DOUBLE' }, (value) => double(value as Decimal));
    case 'boolean':
      return of({ type: 'BOOLEAN' }, (value) => value);
    case 'date':
      return of({ type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }, (value) =>
        days(value as Moment),
      );
    case 'datetime':
      return of(
        {
          type: 'INT64',
          converted_type: 'TIMESTAMP_MICROS',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
        },
        (value) => microseconds(value as Moment),
      );
    default:
      return textColumn(name);
  }
}

/** A reader would take a value that is left out for a missing one. */
function fitting(value: unknown, name: string): unknown {
  if (value === undefined)
    throw new UnfitExtract(
      `a value of the field ${JSON.stringify(name)} does not fit in its Parquet column; agree on csv or ndjson`,
    );
  return value;
}

/** A field whose bounds go beyond 64 bits is text. */
const isBeyondInt64 = ({ field: { constraints }, type }: Column): boolean =>
  [constraints?.minimum, constraints?.maximum].some(
    (bound) => bound !== undefined && int64(type.read(String(bound)) as Decimal | undefined) === undefined,
  );

function int64(value: Decimal | undefined): bigint | undefined {
  const text = value ? canonicalDecimal(value) : '';
  if (!/^-?\d+$/.test(text)) return undefined;
  const integer = BigInt(text);
  return integer >= MIN_INT64 && integer <= MAX_INT64 ? integer : undefined;
}

/** A number that only infinity or zero is nearest to does not fit. */
function double({ special, sign, json }: Decimal): number | undefined {
  if (special === 'NaN') return Number.NaN;
  if (special === 'INF') return sign * Number.POSITIVE_INFINITY;
  const nearest = Number(json);
  return Number.isFinite(nearest) && Math.sign(nearest) === sign ? nearest : undefined;
}

const days = ({ days }: Moment): number | undefined => (Math.abs(days) <= MAX_INT32 ? days : undefined);

function microseconds({ days, seconds, fraction }: Moment): bigint | undefined {
  const value = (BigInt(days) * 86_400n + BigInt(seconds)) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
  return value >= MIN_INT64 && value <= MAX_INT64 ? value : undefined;
}
