import type { FieldCheck } from '../../../../schemas/contracts/definition.ts';
import type { CodeCheck, WeightedCode } from './codes.ts';
import { GB11643, isGb11643 } from './gb11643.ts';
import { GB11714, isGb11714 } from './gb11714.ts';
import { GB32100, isGb32100 } from './gb32100.ts';

/** A new check: its own file with its standard, a line here, its name in `FieldCheck`. */
export const CODE_CHECKS: Readonly<Record<FieldCheck, CodeCheck>> = {
  gb11714: isGb11714,
  gb32100: isGb32100,
  gb11643: isGb11643,
};

/** The same as data. */
export const WEIGHTED_CODES: Readonly<Record<FieldCheck, WeightedCode>> = {
  gb11714: GB11714,
  gb32100: GB32100,
  gb11643: GB11643,
};

const onText =
  (check: CodeCheck) =>
  (text: string): boolean => {
    const bytes = Buffer.from(text, 'utf8');
    return check(bytes, 0, bytes.length);
  };

/** GB 11714 organisation code. */
export const gb11714 = onText(isGb11714);
/** GB 32100 unified social credit code. */
export const gb32100 = onText(isGb32100);
/** GB 11643 identity number. */
export const gb11643 = onText(isGb11643);
