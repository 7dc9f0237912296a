import type { Field } from '../../../schemas/contracts/definition.ts';

type Lexis = Pick<Field, 'type' | 'decimalChar' | 'groupChar'>;

/** Signs and comparisons (`−`, `<`, `~`, `±`), digits and numerals of any script. The last three look like a minus or a plus. */
const PART_OF_A_NUMBER = /[\p{N}\p{Pd}\p{Sm}\u02D7\u2795\u2796]/u;
/** `pre-tax`, `m²`, `CO₂`. */
const WITHIN_WORDS = /(?<=\p{L})(?:\p{Pd}(?=\p{L})|\p{No})/gu;
const OPEN_BRACKET = /\p{Ps}[^\p{Ps}\p{Pe}]*$/u;
const CLOSED_BRACKET = /^[^\p{Ps}]*\p{Pe}/u;

const NEGATIVE_WORD = /(?:负|負|零下|\bminus|\bnegative)\s*$/iu;
const NUMERAL_BEFORE = /[〇零一二三四五六七八九十百千万萬亿億兆壹贰叁肆伍陆柒捌玖拾佰仟半]$/u;
/** Numerals that multiply, but not those of units: 千克, 兆瓦, 百帕. */
const MULTIPLE =
  /^\s*(?:[十万萬亿億拾佰仟半]|百(?!帕)|千(?![克米瓦卡伏帕焦赫升牛比字安])|兆(?![瓦帕赫伏焦比字欧]))|^\s*(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore|mln|mio|mrd|bn)s?(?!\p{L})/iu;
/** `95k`, `95K`, `95 M`; but not `300 K`, a temperature. */
const MULTIPLE_LETTER = /^(?: ?[kM]|K)(?!\p{L})/u;

/**
 * `bareNumber: false` (Table Schema v2): characters that are no part of a number may stand before and behind it, and are
 * stripped: `€95`, `EUR 95`, `95%`. A sign stands before the digits, or before all that is stripped: `-€95`. Undefined
 * where what is left would be another number than the one that stands there: `(95)`, `<5`, `95-`, `−95`, `３95`, `1½`, `95万`.
 */
export function numberWithin(text: string, field: Lexis): string | undefined {
  const span = digitsOf(text, field);
  if (!span) return undefined;
  const { before, sign } = signedBefore(text.slice(0, span.start));
  const after = text.slice(span.end);
  return isPlainBefore(before, field) && isPlainAfter(after, field)
    ? sign + text.slice(span.start, span.end)
    : undefined;
}

/** From the first digit to the last, with a decimal character before or behind them. */
function digitsOf(text: string, { type, decimalChar = '.' }: Lexis): { start: number; end: number } | undefined {
  const start = text.search(/\d/);
  if (start < 0) return undefined;
  let end = text.length;
  while (!isDigit(text.charCodeAt(end - 1))) end -= 1;
  if (type !== 'number') return { start, end };
  const pointed = text[start - 1] === decimalChar && !/\p{L}$/u.test(text.slice(0, start - 1));
  return { start: pointed ? start - 1 : start, end: text[end] === decimalChar ? end + 1 : end };
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** The sign of the number, next to it or before everything, and what else stands before. */
function signedBefore(before: string): { before: string; sign: string } {
  const next = /[+-]$/.exec(before);
  if (next) return { before: before.slice(0, -1), sign: next[0] };
  const first = /^\s*([+-])/.exec(before);
  return { before: before.slice(first?.[0].length ?? 0), sign: first?.[1] ?? '' };
}

/** After a letter a point ends an abbreviation (`Rs.95`), unless it may be the number's own. */
function isPlainBefore(text: string, { type, decimalChar = '.', groupChar }: Lexis): boolean {
  if (text === '') return true;
  const last = text.slice(-1);
  if (type === 'number' && last === decimalChar) return false;
  if (last === groupChar && last.trim() !== '') return false;
  return (
    !/(?:^|\P{L})[.,]$/u.test(text) &&
    !NEGATIVE_WORD.test(text) &&
    !NUMERAL_BEFORE.test(text) &&
    isText(text, OPEN_BRACKET)
  );
}

function isPlainAfter(text: string, { groupChar }: Lexis): boolean {
  if (text === '') return true;
  const first = text.slice(0, 1);
  if (first === groupChar && first.trim() !== '') return false;
  return !/^[.,]\S/.test(text) && !MULTIPLE.test(text) && !MULTIPLE_LETTER.test(text) && isText(text, CLOSED_BRACKET);
}

const isText = (text: string, bracket: RegExp): boolean =>
  !bracket.test(text) && !PART_OF_A_NUMBER.test(text.replaceAll(WITHIN_WORDS, ''));
