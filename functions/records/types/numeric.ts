import type { Field } from '../../../schemas/contracts/definition.ts';
import { canonicalDecimal, compareDecimals, type Decimal, decimalOf, jsonNumber, specialDecimal } from './decimal.ts';
import type { LogicalType } from './logical-type.ts';

type Lexis = Pick<Field, 'decimalChar' | 'groupChar' | 'bareNumber'>;

const escaped = (char: string): string => char.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

/** Group characters stand singly between digits; groups may have any size (万 groups by four). */
const wholePart = (groupChar: string | undefined): string =>
  groupChar === undefined ? String.raw`\d+` : String.raw`\d+(?:${escaped(groupChar)}\d+)*`;

/** More digits than this in an exponent is no quantity anyone exchanges, and would lose its exactness here. */
const MAX_EXPONENT_DIGITS = 15;

/** Table Schema v2 `number`: XML Schema decimal, with NaN, INF, -INF in any case and a trailing exponent. */
export function numberType(field: Lexis): LogicalType<Decimal> {
  const point = escaped(field.decimalChar ?? '.');
  const shape = new RegExp(
    String.raw`^([+-]?)(?:(${wholePart(field.groupChar)})(?:${point}(\d*))?|${point}(\d+))(?:[eE]([+-]?\d{1,${MAX_EXPONENT_DIGITS}}))?$`,
  );
  return numericType(field, (text) => {
    const match = shape.exec(text);
    return match ? partsOf(match[1], ungrouped(match[2], field), match[3] ?? match[4], match[5]) : specialOf(text);
  });
}

/** Table Schema v2 `integer`: an optional sign and decimal digits. */
export function integerType(field: Lexis): LogicalType<Decimal> {
  const shape = new RegExp(String.raw`^([+-]?)(${wholePart(field.groupChar)})$`);
  return numericType(field, (text) => {
    const match = shape.exec(text);
    return match ? partsOf(match[1], ungrouped(match[2], field), undefined, undefined) : undefined;
  });
}

function numericType(field: Lexis, bare: (text: string) => Decimal | undefined): LogicalType<Decimal> {
  const strip = field.bareNumber === false;
  return {
    read: (text) => bare(text) ?? (strip ? bare(stripped(text, field.decimalChar ?? '.')) : undefined),
    canonical: canonicalDecimal,
    compare: compareDecimals,
    json: (value) => value.json,
  };
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

/**
 * `bareNumber: false`: what stands before the first digit and after the last is stripped ("€95", "95%"), except a sign
 * and a decimal character that belong to the number.
 */
function stripped(text: string, decimalChar: string): string {
  let start = text.search(/\d/);
  if (start < 0) return text;
  let end = text.length;
  while (!isDigit(text.charCodeAt(end - 1))) end -= 1;
  if (text[start - 1] === decimalChar && !/\p{L}/u.test(text[start - 2] ?? '')) start -= 1;
  if (text[start - 1] === '-' || text[start - 1] === '+') start -= 1;
  return text.slice(start, end);
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
