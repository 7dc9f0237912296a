/**
 * Exact decimal numbers: 0.`digits` × 10^`magnitude`. `digits` has neither leading nor trailing zeros,
 * and zero has none at all. Nothing is rounded: identifiers and amounts pass 2^53.
 */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly magnitude: number;
  readonly special?: 'NaN' | 'INF';
  /** The number as a JSON number with the digits it came with. */
  readonly json: string;
}

export interface NumberParts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
  /** With its sign, without the `E`. */
  readonly exponent: string;
  readonly json: string;
}

const withoutLeadingZeros = (digits: string): string => {
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === 0x30) start += 1;
  return digits.slice(start);
};

const withoutTrailingZeros = (digits: string): string => {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end -= 1;
  return digits.slice(0, end);
};

/** JSON (RFC 8259, section 6) allows no plus, no leading zeros and no bare decimal point; the digits stay. */
export function jsonNumber(negative: boolean, whole: string, fraction: string, exponent: string): string {
  const sign = negative ? '-' : '';
  const digits = withoutLeadingZeros(whole) || '0';
  return `${sign}${digits}${fraction === '' ? '' : `.${fraction}`}${exponent === '' ? '' : `E${exponent}`}`;
}

export function decimalOf({ negative, whole, fraction, exponent, json }: NumberParts): Decimal {
  const significant = withoutLeadingZeros(whole + fraction);
  const digits = withoutTrailingZeros(significant);
  if (digits === '') return { sign: 0, digits: '', magnitude: 0, json };
  const leading = whole.length + fraction.length - significant.length;
  const magnitude = whole.length - leading + (exponent === '' ? 0 : Number(exponent));
  return { sign: negative ? -1 : 1, digits, magnitude, json };
}

/** Not a JSON number: written as the JSON string that the file had. */
export const specialDecimal = (special: 'NaN' | 'INF', sign: -1 | 1, text: string): Decimal => ({
  sign,
  digits: '',
  magnitude: 0,
  special,
  json: JSON.stringify(text),
});

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.special === 'NaN' || b.special === 'NaN') return Number.NaN;
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.sign === 0) return 0;
  return a.sign * compareMagnitudes(a, b);
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.special === 'INF' || b.special === 'INF') return Number(a.special === 'INF') - Number(b.special === 'INF');
  if (a.magnitude !== b.magnitude) return a.magnitude - b.magnitude;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}

/** Integers of ordinary size stay as one writes them, so that their bytes are their own key. */
export function canonicalDecimal({ sign, digits, magnitude, special }: Decimal): string {
  const minus = sign < 0 ? '-' : '';
  if (special) return special === 'NaN' ? 'NaN' : `${minus}INF`;
  if (sign === 0) return '0';
  const zeros = magnitude - digits.length;
  return zeros >= 0 && magnitude <= 40 ? minus + digits + '0'.repeat(zeros) : `${minus}${digits}E${magnitude}`;
}
