import type { Shown } from '../forms.ts';

/** Hours that go on beyond a day, or what of a date and a time a cell shows of its number. */
export type SerialShown = Shown | 'elapsed';

/**
 * Formats that a workbook uses without spelling them out (ECMA-376, part 1, section 18.8.30), those of Chinese, Japanese
 * and Korean workbooks too, which are dates and times in the same places.
 */
const BUILT_IN: readonly (readonly [first: number, last: number, shown: SerialShown])[] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'datetime'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'elapsed'],
  [47, 47, 'time'],
  [50, 54, 'date'],
  [55, 56, 'time'],
  [57, 58, 'date'],
];

/** Whether a cell with this format shows a date, a time or both; undefined for numbers and text. */
export const builtInShown = (id: number): SerialShown | undefined =>
  BUILT_IN.find(([first, last]) => id >= first && id <= last)?.[2];

/** No format at all; some programs write it as Chinese, Japanese and Korean spreadsheets show it. */
const GENERAL = /general|G\/(?:通用格式|標準|표준)/gi;

/** Of a format that is spelled out, such as `yyyy"年"m"月"d"日"` or `[h]:mm:ss`. */
export function formatShown(code: string): SerialShown | undefined {
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(code);
  const [first = ''] = code.replaceAll(/"[^"]*"|\\.|_.|\*./gsu, '').split(';');
  const letters = first
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/AM\/PM|A\/P|上午\/下午/gi, 'h')
    .replaceAll(GENERAL, '')
    .replaceAll(/E[+-]/gi, '')
    .toLowerCase();
  const time = elapsed || /[hs]/.test(letters);
  // Without an hour or a second beside it, m is a month; e and g are of East Asian eras, b of the Buddhist one.
  const date = /[ydegb]/.test(letters) || (!time && letters.includes('m'));
  if (date) return time ? 'datetime' : 'date';
  if (elapsed) return 'elapsed';
  return time ? 'time' : undefined;
}
