import { isUtf8 } from 'node:buffer';
import type { SchemaElement } from 'hyparquet';
import { parseFloat16 } from 'hyparquet/src/convert.js';
import type { Moment } from '../../types/moment.ts';
import { plainDigits, scaledDigits, singleDigits } from '../digits.ts';
import type { Forms } from '../forms.ts';
import { RefusedFile } from '../refused-file.ts';
import { damaged } from './damaged.ts';

/** The text of a stored value; undefined where its bytes are no text. */
export type TextOf = (value: unknown) => string | undefined;

const MAX_DECIMAL_BYTES = 64;
const MAX_SCALE = 100;
const SECONDS = 86_400n;

/** How the values of a column stand in CSV, by its logical type (Parquet, "LogicalTypes"), or the older converted type. */
export function textsOf(name: string, element: SchemaElement, forms: Forms): TextOf {
  const { converted_type: converted, logical_type: logical } = element;
  const kind = logical?.type ?? CONVERTED[converted ?? ''] ?? converted;
  switch (kind) {
    case 'DECIMAL':
      return decimal(element, forms);
    case 'DATE':
      return (value) => forms.moment('date', { days: Number(value), seconds: 0, fraction: '' });
    case 'TIME':
      return time(unitOf(element), forms);
    case 'TIMESTAMP':
      return timestamp(unitOf(element), isUtc(element), forms);
    case 'UUID':
      return uuid;
    case 'FLOAT16':
      return (value) => float(parseFloat16(bytesOf(value)) ?? Number.NaN, singleDigits, forms);
    case 'INTERVAL':
    case 'BSON':
    case 'VARIANT':
    case 'GEOMETRY':
    case 'GEOGRAPHY':
    case 'LIST':
    case 'MAP':
      throw new RefusedFile(
        'unreadable',
        `the column ${JSON.stringify(name.slice(0, 100))} has the type ${kind}, which is not taken; send text or numbers`,
      );
    default:
      return physical(element, kind, forms);
  }
}

/** Converted types that are now spelled otherwise. */
const CONVERTED: Readonly<Record<string, string>> = {
  TIME_MILLIS: 'TIME',
  TIME_MICROS: 'TIME',
  TIMESTAMP_MILLIS: 'TIMESTAMP',
  TIMESTAMP_MICROS: 'TIMESTAMP',
  MAP_KEY_VALUE: 'MAP',
};

/** Of a second, by what is behind the name. */
function unitOf({ logical_type: logical, converted_type: converted }: SchemaElement): bigint {
  const unit = logical && 'unit' in logical ? logical.unit : (converted ?? '').split('_')[1];
  return unit === 'MILLIS' ? 1000n : unit === 'MICROS' ? 1_000_000n : 1_000_000_000n;
}

const isUtc = ({ logical_type: logical }: SchemaElement): boolean =>
  logical && 'isAdjustedToUTC' in logical ? logical.isAdjustedToUTC : true;

function physical(element: SchemaElement, kind: string | undefined, forms: Forms): TextOf {
  switch (element.type) {
    case 'BOOLEAN':
      return (value) => forms.boolean(value === true);
    case 'INT32':
    case 'INT64': {
      const bits = unsignedBits(element, kind);
      return (value) => forms.number(String(bits === 0 ? value : BigInt.asUintN(bits, BigInt(value as number))));
    }
    case 'INT96':
      return (value) => int96(value as bigint, forms);
    case 'FLOAT':
      return (value) => float(value as number, singleDigits, forms);
    case 'DOUBLE':
      return (value) => float(value as number, plainDigits, forms);
    default:
      return text;
  }
}

function unsignedBits({ logical_type: logical }: SchemaElement, kind: string | undefined): number {
  if (logical?.type === 'INTEGER') return logical.isSigned ? 0 : logical.bitWidth;
  return kind?.startsWith('UINT_') === true ? Number(kind.slice(5)) : 0;
}

/** Table Schema's names of what is no number. */
function float(value: number, digits: (value: number) => string, forms: Forms): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? forms.number(digits(value)) : value > 0 ? 'INF' : '-INF';
}

function decimal({ scale = 0, logical_type: logical }: SchemaElement, forms: Forms): TextOf {
  const places = logical?.type === 'DECIMAL' ? logical.scale : scale;
  if (!(Math.abs(places) <= MAX_SCALE)) throw damaged();
  return (value) =>
    forms.number(scaledDigits(typeof value === 'object' ? signed(bytesOf(value)) : BigInt(value as number), places));
}

/** Big-endian two's complement. */
function signed(bytes: Uint8Array): bigint {
  if (bytes.length > MAX_DECIMAL_BYTES) throw damaged();
  const hex = Buffer.from(bytes).toString('hex');
  return hex === '' ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`));
}

/** @param unit parts of a second */
function momentOf(value: bigint, unit: bigint): Moment {
  const parts = floored(value, unit);
  const seconds = floored(parts.quotient, SECONDS);
  const digits = String(unit).length - 1;
  return {
    days: Number(seconds.quotient),
    seconds: Number(seconds.rest),
    fraction: String(parts.rest).padStart(digits, '0').replace(/0+$/, ''),
  };
}

function floored(value: bigint, by: bigint): { quotient: bigint; rest: bigint } {
  const rest = ((value % by) + by) % by;
  return { quotient: (value - rest) / by, rest };
}

const timestamp =
  (unit: bigint, utc: boolean, forms: Forms): TextOf =>
  (value) =>
    forms.moment('datetime', momentOf(BigInt(value as number), unit), utc ? 'Z' : '');

const time =
  (unit: bigint, forms: Forms): TextOf =>
  (value) =>
    forms.moment('time', momentOf(BigInt(value as number), unit));

const UNIX_DAY = 2_440_588n;

/** The old timestamps of Hive and Impala: nanoseconds of a Julian day, in no particular zone. */
function int96(value: bigint, forms: Forms): string {
  const nanoseconds = BigInt.asUintN(64, value);
  const days = ((value - nanoseconds) >> 64n) - UNIX_DAY;
  return forms.moment('datetime', momentOf(days * SECONDS * 1_000_000_000n + nanoseconds, 1_000_000_000n));
}

function uuid(value: unknown): string {
  const hex = Buffer.from(bytesOf(value)).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function text(value: unknown): string | undefined {
  const bytes = bytesOf(value);
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') : undefined;
}

function bytesOf(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw damaged();
  return value;
}
