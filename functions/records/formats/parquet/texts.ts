import { isUtf8 } from 'node:buffer';
import type { ParquetType, SchemaElement } from 'hyparquet';
import { parseFloat16 } from 'hyparquet/src/convert.js';
import { plainDigits, scaledDigits, singleDigits } from '../digits.ts';
import type { Foreign, Forms } from '../forms.ts';
import { RefusedFile } from '../refused-file.ts';
import { damaged } from './damaged.ts';
import { date, int96, time, timestamp } from './moments.ts';

/** The text of a stored value; undefined where its bytes are no text, `Foreign` where it is none of its type. */
export type TextOf = (value: unknown) => string | Foreign | undefined;

const MAX_DECIMAL_BYTES = 64;
const MAX_SCALE = 100;

/** How the values of a column stand in CSV, by its logical type (Parquet, "LogicalTypes"), or the older converted type. */
export function textsOf(name: string, element: SchemaElement, forms: Forms): TextOf {
  const { converted_type: converted, logical_type: logical } = element;
  const kind = logical?.type ?? CONVERTED[converted ?? ''] ?? converted;
  if (kind !== undefined && !isStoredAs(kind, element))
    throw notTaken(name, `${kind} in values of ${element.type ?? 'no'} type`);
  switch (kind) {
    case 'DECIMAL':
      return decimal(element, forms);
    case 'DATE':
      return date(forms);
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
      throw notTaken(name, kind);
    default:
      return physical(element, kind, forms);
  }
}

const notTaken = (name: string, type: string): RefusedFile =>
  new RefusedFile(
    'unreadable',
    `the column ${JSON.stringify(name.slice(0, 100))} has the type ${type}, which is not taken; send text or numbers`,
  );

/** Converted types that are now spelled otherwise. */
const CONVERTED: Readonly<Record<string, string>> = {
  TIME_MILLIS: 'TIME',
  TIME_MICROS: 'TIME',
  TIMESTAMP_MILLIS: 'TIMESTAMP',
  TIMESTAMP_MICROS: 'TIMESTAMP',
  MAP_KEY_VALUE: 'MAP',
};

/** A number in bytes that are no number, or a date in a double, is nobody's value. */
function isStoredAs(kind: string, element: SchemaElement): boolean {
  const { type = 'BOOLEAN', type_length: length } = element;
  const among = (...types: ParquetType[]): boolean => types.includes(type);
  switch (kind) {
    case 'DECIMAL':
      return among('INT32', 'INT64', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY');
    case 'DATE':
      return among('INT32');
    case 'TIME':
      return unitOf(element) === 1000n ? among('INT32') : among('INT64');
    case 'TIMESTAMP':
      return among('INT64');
    case 'UUID':
      return among('FIXED_LEN_BYTE_ARRAY') && length === 16;
    case 'FLOAT16':
      return among('FIXED_LEN_BYTE_ARRAY') && length === 2;
    case 'STRING':
    case 'UTF8':
    case 'ENUM':
    case 'JSON':
      return among('BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY');
    default: {
      const integers = integerOf(element, kind);
      return !integers || among(integers.bits === 64 ? 'INT64' : 'INT32');
    }
  }
}

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
    case 'INT64':
      return integer(integerOf(element, kind), element.type, forms);
    case 'INT96':
      return int96(forms);
    case 'FLOAT':
      return (value) => float(value as number, singleDigits, forms);
    case 'DOUBLE':
      return (value) => float(value as number, plainDigits, forms);
    default:
      return text;
  }
}

interface IntegerType {
  readonly bits: number;
  readonly signed: boolean;
}

function integerOf({ logical_type: logical }: SchemaElement, kind: string | undefined): IntegerType | undefined {
  if (logical?.type === 'INTEGER') return { bits: logical.bitWidth, signed: logical.isSigned };
  const [, unsigned, bits] = /^(U?)INT_(\d+)$/.exec(kind ?? '') ?? [];
  return bits === undefined ? undefined : { bits: Number(bits), signed: unsigned === '' };
}

/** Of fewer bits than it is stored in, a value has no more of them (Parquet, "Unsigned Integers"). */
function integer(type: IntegerType | undefined, stored: 'INT32' | 'INT64', forms: Forms): TextOf {
  const width = stored === 'INT32' ? 32 : 64;
  if (type === undefined || (type.signed && type.bits === width)) return (value) => forms.number(String(value));
  if (type.bits === width) return (value) => forms.number(String(BigInt.asUintN(width, BigInt(value as number))));
  const least = type.signed ? -(2 ** (type.bits - 1)) : 0;
  const most = 2 ** (type.signed ? type.bits - 1 : type.bits) - 1;
  return (value) =>
    Number(value) >= least && Number(value) <= most ? forms.number(String(value)) : forms.foreign(String(value));
}

/** Table Schema's names of what is no number. */
function float(value: number, digits: (value: number) => string, forms: Forms): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? forms.number(digits(value)) : value > 0 ? 'INF' : '-INF';
}

function decimal({ scale = 0, logical_type: logical }: SchemaElement, forms: Forms): TextOf {
  const places = logical?.type === 'DECIMAL' ? logical.scale : scale;
  if (!(places >= 0 && places <= MAX_SCALE)) throw damaged();
  return (value) =>
    forms.number(scaledDigits(typeof value === 'object' ? signed(bytesOf(value)) : BigInt(value as number), places));
}

/** Big-endian two's complement. */
function signed(bytes: Uint8Array): bigint {
  if (bytes.length === 0 || bytes.length > MAX_DECIMAL_BYTES) throw damaged();
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
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
