import { gb11714, gb32100 } from '../types/checks/index.ts';
import type { Column } from '../types/column.ts';
import { isRealDate } from '../types/moment.ts';
import type { Kind, Mends } from './codes.ts';
import { listKind } from './lists.ts';

type Suits = (text: string, mends: Mends, rule: string, column: Column) => boolean;

const isDigits = (text: string): boolean => /^\d+$/.test(text);
/** No code is longer: a bound on the work of one cell. */
const MAX_CODE = 40;
/** As many zeros as a spreadsheet can have eaten off a code. */
export const MAX_ZEROS = 8;
const LETTERS_FOR_DIGITS: Readonly<Record<string, string>> = { O: '0', o: '0', I: '1', l: '1', i: '1' };
export const withDigitsForLetters = (text: string): string =>
  text.replaceAll(/[OoIil]/g, (letter) => LETTERS_FOR_DIGITS[letter] ?? letter);
const SEPARATORS = /[-‐‑–—_/.· \u3000]/g;
export const withoutSeparators = (text: string): string => text.replaceAll(SEPARATORS, '');
/** The shape of each code without its check: what has it and still fails was mistyped. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  gb11714: /^[\dA-Z]{8}-?[\dX]$/,
  gb32100: /^[\dA-HJ-NP-RTUWXY]{18}$/,
  gb11643: /^\d{17}[\dX]$/,
};
const LENGTHS: Readonly<Record<string, number>> = { gb11714: 9, gb32100: 18, gb11643: 18 };

function bornOnNoDay(text: string): boolean {
  const match = /^\d{6}(\d{4})(\d\d)(\d\d)\d{3}[\dX]$/.exec(text);
  return match !== null && !isRealDate(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Zeros make any digits long enough: only a code of fixed length says that they were there. */
function losesZeros(text: string, mends: Mends, rule: string, { field }: Column): boolean {
  if (!isDigits(text) || rule === 'maxLength') return false;
  if (rule === 'minLength' && field.constraints?.minLength !== field.constraints?.maxLength) return false;
  for (let zeros = 1; zeros <= MAX_ZEROS; zeros += 1) if (mends('0'.repeat(zeros) + text)) return true;
  return false;
}

/** By how much a code of fixed length differs from it; NaN where the rule is no check. */
const excess = (text: string, rule: string): number => text.replaceAll('-', '').length - (LENGTHS[rule] ?? Number.NaN);

const isCode = (rule: string): boolean => rule === 'pattern' || rule === 'enum' || rule in SHAPES;

const STRINGS: readonly (readonly [Kind, Suits])[] = [
  ['scientific-notation', (text, _, rule) => isCode(rule) && /^\d(?:\.\d+)?E\+?\d+$/i.test(text)],
  ['digits-rounded', (text, _, rule) => isCode(rule) && /^\d{15}0{2,}$/.test(text)],
  ['point-zero', (text, mends) => /^\d+\.0$/.test(text) && mends(text.slice(0, -2))],
  ['leading-zeros-lost', losesZeros],
  [
    'leading-zeros-added',
    (text, mends, rule) => rule === 'enum' && /^0+\d/.test(text) && mends(text.replace(/^0+/, '')),
  ],
  ['lower-case', (text, mends) => /[a-z]/.test(text) && mends(text.toUpperCase())],
  ['upper-case', (text, mends) => /[A-Z]/.test(text) && mends(text.toLowerCase())],
  ['identity-number-of-15', (text, _, rule) => rule === 'gb11643' && /^\d{15}$/.test(text)],
  ['registration-number', (text, _, rule) => rule === 'gb32100' && /^\d{15}$/.test(text)],
  ['credit-code', (text, _, rule) => rule !== 'gb32100' && isCode(rule) && gb32100(text)],
  ['organisation-code', (text, _, rule) => rule === 'gb32100' && gb11714(text)],
  [
    'separators',
    (text, mends, rule) => isCode(rule) && withoutSeparators(text) !== text && mends(withoutSeparators(text)),
  ],
  [
    'letter-for-digit',
    (text, mends, rule) => isCode(rule) && /[OoIil]/.test(text) && mends(withDigitsForLetters(text)),
  ],
  ['no-such-day', (text, _, rule) => rule === 'gb11643' && bornOnNoDay(text)],
  ['wrong-check-character', (text, _, rule) => SHAPES[rule]?.test(text) ?? false],
  ['masked', (text) => /[*＊]{2,}/.test(text)],
  [
    'one-too-long',
    (text, mends, rule) =>
      excess(text, rule) === 1 || (rule === 'pattern' && text.length > 1 && mends(text.slice(0, -1))),
  ],
  [
    'one-too-short',
    (text, mends, rule) => excess(text, rule) === -1 || (rule === 'pattern' && mends(text + text.slice(-1))),
  ],
];

/** How a text is written that breaks a pattern, a list, a length or a check. */
export function stringKind(text: string, rule: string, column: Column, mends: Mends): Kind | undefined {
  const listed = rule === 'enum' ? listKind(text, column) : undefined;
  if (listed !== undefined || text.length > MAX_CODE) return listed;
  return STRINGS.find(([, suits]) => suits(text, mends, rule, column))?.[0];
}
