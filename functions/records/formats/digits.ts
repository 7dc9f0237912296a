/**
 * The shortest decimal digits that give this double again, without an exponent: what a person reads in a cell.
 * @param value finite
 */
export function plainDigits(value: number): string {
  const text = String(value);
  const [mantissa = '', exponent] = text.split('e');
  if (exponent === undefined) return text === '-0' ? '0' : text;
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const written =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : `${digits.slice(0, point).padEnd(point, '0')}${digits.length > point ? `.${digits.slice(point)}` : ''}`;
  return negative ? `-${written}` : written;
}

/** The shortest digits that give this single again: 9 always do (IEEE 754). */
export function singleDigits(value: number): string {
  for (let precision = 6; precision < 9; precision += 1) {
    const rounded = Number(value.toPrecision(precision));
    if (Math.fround(rounded) === value) return plainDigits(rounded);
  }
  return plainDigits(Number(value.toPrecision(9)));
}

/** An integer as a decimal with so many digits behind the point. */
export function scaledDigits(value: bigint, scale: number): string {
  if (scale <= 0) return String(value * 10n ** BigInt(-scale));
  const negative = value < 0n;
  const digits = String(negative ? -value : value).padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
