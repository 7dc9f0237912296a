import type { Mask } from '../../../schemas/contracts/agreements.ts';

const KEPT_AT_END = 4;

/**
 * A masked value; its length is that of its mask and never that of the value. `last4`: `****` and the last four characters,
 * or eight asterisks for a value of four characters or fewer, which would be shown whole. `first1`: the first character
 * and `**`, or three asterisks for a value of one character or none. `hide`: `***`.
 */
export const masked = (mask: Mask, text: string): string => MASKS[mask](text);

const MASKS: Readonly<Record<Mask, (text: string) => string>> = {
  hide: () => '***',
  first1: (text) => {
    const [first, second] = text;
    return first === undefined || second === undefined ? '***' : `${first}**`;
  },
  last4: (text) => {
    const tail = lastCharacters(text, KEPT_AT_END + 1);
    return tail.length <= KEPT_AT_END ? '********' : `****${tail.slice(1).join('')}`;
  },
};

/** At most `count` characters from the end; a long text is not taken apart for them. */
const lastCharacters = (text: string, count: number): string[] =>
  Array.from(text.slice(startOfLast(text, count * 2))).slice(-count);

/** Not within a pair of surrogates. */
function startOfLast(text: string, units: number): number {
  const start = Math.max(0, text.length - units);
  const unit = text.charCodeAt(start);
  return unit >= 0xdc00 && unit <= 0xdfff ? start + 1 : start;
}
