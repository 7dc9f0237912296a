import { COLOURS } from './look.ts';

/** Columns that a terminal gives to a text: two for East Asian wide characters (UAX #11), none for combining marks. */
export const widthOf = (text: string): number =>
  Array.from(plain(text)).reduce((sum, character) => sum + columnsOf(character), 0);

const plain = (text: string): string => text.replaceAll(COLOURS, '');

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function columnsOf(character: string): number {
  if (/\p{Mark}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Cut to so many columns, with … where something is missing. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += columnsOf(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

export const pad = (text: string, columns: number, right = false): string => {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return right ? blanks + text : text + blanks;
};
