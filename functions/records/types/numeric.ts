import type { Field } from '../../../schemas/contracts/definition.ts';
import { canonicalDecimal, compareDecimals, type Decimal, decimalOf, jsonNumber, specialDecimal } from './decimal.ts';
import type { LogicalType } from './logical-type.ts';
import { numberWithin } from './text-around.ts';

type Lexis = Pick<Field, 'decimalChar' | 'groupChar' | 'bareNumber'>;
type Bare = (text: string) => Decimal | undefined;

const escaped = (char: string): string => char.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

/** Group characters stand singly between digits; groups may have any size (万 groups by four). */
const wholePart = (groupChar: string | undefined): string =>
  groupChar === undefined ? String.raw`\d+` : String.raw`\d+(?:${escaped(groupChar)}\d+)*`;

/** More digits than this in an exponent, without leading zeros, is no quantity anyone exchanges, and would lose its exactness here. */
const MAX_EXPONENT_DIGITS = 15;

/** Table Schema v2 `number`: XML Schema decimal, with NaN, INF, -INF in any case and a trailing exponent. */
export function numberType(field: Lexis): LogicalType<Decimal> {
  const point = escaped(field.decimalChar ?? '.');
  const shape = new RegExp(
    String.raw`^([+-]?)(?:(${wholePart(field.groupChar)})(?:${point}(\d*))?|${point}(\d+))(?:[eE]([+-]?0*\d{1,${MAX_EXPONENT_DIGITS}}))?$`,
  );
  return numericType({ ...field, type: 'number' }, (text) => {
    const match = shape.exec(text);
    return match ? partsOf(match[1], ungrouped(match[2], field), match[3] ?? match[4], match[5]) : specialOf(text);
  });
}

/** Table Schema v2 `integer`: an optional sign and decimal digits. */
export function integerType(field: Lexis): LogicalType<Decimal> {
  const shape = new RegExp(String.raw`^([+-]?)(${wholePart(field.groupChar)})$`);
  return numericType({ ...field, type: 'integer' }, (text) => {
    const match = shape.exec(text);
    return match ? partsOf(match[1], ungrouped(match[2], field), undefined, undefined) : undefined;
  });
}

function numericType(field: Lexis & Pick<Field, 'type'>, bare: Bare): LogicalType<Decimal> {
  return {
    read: field.bareNumber === false ? (text) => bare(text) ?? within(text, field, bare) : bare,
    canonical: canonicalDecimal,
    compare: compareDecimals,
    json: (value) => value.json,
  };
}

function within(text: string, field: Lexis & Pick<Field, 'type'>, bare: Bare): Decimal | undefined {
  const number = numberWithin(text, field);
  return number === undefined ? undefined : bare(number);
}

const ungrouped = (whole: string | undefined, { groupChar }: Lexis): string =>
  groupChar === undefined ? (whole ?? '') : (whole ?? '').replaceAll(groupChar, '');

function partsOf(sign: string | undefined, whole: string, fraction = '', exponent = ''): Decimal {
  const negative = sign === '-';
  return decimalOf({ negative, whole, fraction, exponent, json: jsonNumber(negative, whole, fraction, exponent) });
}

function specialOf(text: string): Decimal | undefined {
  switch (text.toLowerCase()) {
    case 'nan':
      return specialDecimal('NaN', 1, text);
    case 'inf':
      return specialDecimal('INF', 1, text);
    case '-inf':
      return specialDecimal('INF', -1, text);
    default:
      return undefined;
  }
}
