import TRADITIONAL from 'opencc-js/dict/TSCharacters';
import type { Field } from '../../../../schemas/contracts/definition.ts';
import { orderedText } from '../../../records/index.ts';

/** What `link` compares of a field: texts by what is left of their writing, all else by its value. */
export const normalOrOrdered = (field: Field): ((text: string) => string | null | undefined) =>
  field.type === 'string' ? orNothing : orderedText(field);

/** Nothing to compare where nothing is left. */
export const orNothing = (text: string): string | undefined => normalText(text) || undefined;

/**
 * What two writings of one name have in common: width and forms (NFKC), case, simplified characters for traditional ones,
 * digits for Chinese numerals, no accents, punctuation or company suffixes, words in the order of their letters. Empty
 * where nothing is left.
 */
export function normalText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replaceAll(NOT_ASCII, (character) => SIMPLIFIED.get(character) ?? character)
    .replaceAll(/&/g, ' and ')
    .replaceAll(/['’`.]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  const words = withoutSuffixes(plain.trim().split(' ')).map(withDigits);
  return words.toSorted(byCodeUnits).join(' ');
}

const byCodeUnits = (a: string, b: string): number => Number(a > b) - Number(a < b);

const NOT_ASCII = /[^\0-\x7f]/gu;

/** OpenCC's table of characters: the first of several simplified forms. */
const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  TRADITIONAL.split('|').map((entry): [string, string] => {
    const [from = '', to = ''] = entry.split(' ');
    return [from, to];
  }),
);

/** The longest first, so that what is left of one is no other. */
const SUFFIXES = ['股份有限公司', '有限责任公司', '集团有限公司', '有限公司', '集团公司', '总公司', '公司', '集团'];
const WORDS = new Set(
  'inc incorporated ltd limited co company corp corporation llc llp plc gmbh ag sa pty bv oy ab the'.split(' '),
);

/** A name that is nothing but suffixes stays as it is. */
function withoutSuffixes(words: readonly string[]): readonly string[] {
  const kept = words.filter((word) => !WORDS.has(word)).map(withoutSuffix);
  const left = kept.filter((word) => word !== '');
  return left.length > 0 ? left : words;
}

const withoutSuffix = (word: string): string => {
  const suffix = SUFFIXES.find((end) => word.endsWith(end));
  return suffix === undefined ? word : word.slice(0, -suffix.length);
};

const DIGITS = '零一二三四五六七八九';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** Up to 9999, and digits one by one: 十二 and 一二 are 12, 二〇〇八 is 2008. */
const withDigits = (word: string): string =>
  word.replaceAll(/[〇零一二两三四五六七八九十百千]+/g, (numeral) =>
    /[十百千]/.test(numeral) ? valueOf(numeral) : Array.from(numeral, digitOf).join(''),
  );

const digitOf = (character: string): number => {
  if (character === '〇') return 0;
  return character === '两' ? 2 : DIGITS.indexOf(character);
};

function valueOf(numeral: string): string {
  let sum = 0;
  let digit = 0;
  for (const character of numeral) {
    const unit = UNITS[character];
    if (unit === undefined) digit = digitOf(character);
    else {
      sum += Math.max(digit, 1) * unit;
      digit = 0;
    }
  }
  return String(sum + digit);
}
