import type { Kind } from '../../kinds/codes.ts';
import { listedValueOf, yesOrNo } from '../../kinds/lists.ts';
import { MAX_ZEROS, withoutSeparators, withDigitsForLetters } from '../../kinds/strings.ts';
import type { Mender } from './mender.ts';
import { isRight } from './ready-column.ts';

/** Certain only where one number of zeros makes the code right, and no more than it has digits: 11 is hardly 000011. */
const withZeros: Mender = (text, ready) => {
  const most = Math.min(MAX_ZEROS, text.length);
  const codes = Array.from({ length: MAX_ZEROS }, (_, i) => '0'.repeat(i + 1) + text);
  const right = codes.filter((code) => isRight(ready, code));
  return right.length === 1 && (right[0] ?? '').length <= text.length + most ? right[0] : undefined;
};

const yesNo: Mender = (text, { column, forms }) => {
  const value = yesOrNo(text);
  return column.field.type === 'boolean' && value !== undefined ? forms.boolean(value) : undefined;
};

const listed: Mender = (text, { column }) => listedValueOf(text, column);

export const CODE_MENDERS: Readonly<Partial<Record<Kind, Mender>>> = {
  'leading-zeros-lost': withZeros,
  'leading-zeros-added': (text) => text.replace(/^0+/, ''),
  'lower-case': (text) => text.toUpperCase(),
  'upper-case': (text) => text.toLowerCase(),
  // A point may be one of decimals.
  separators: (text) => (/^\d+\.\d+$/.test(text) ? undefined : withoutSeparators(text)),
  'letter-for-digit': withDigitsForLetters,
  'label-for-code': listed,
  'code-with-label': listed,
  'yes-no-word': yesNo,
};
