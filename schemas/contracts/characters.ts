/**
 * What departments write is read by others, on terminals, in spreadsheets and on paper. So no text of a request has a
 * character that acts on whoever shows it, or that nobody sees:
 *
 * - controls (C0, DEL, C1), which a terminal obeys; in a paragraph line feed and tab are none of them;
 * - Unicode's own line ends (U+2028, U+2029) and halves of surrogate pairs;
 * - bidirectional marks, overrides and isolates, by which a text reads otherwise than it is stored
 *   (https://www.unicode.org/reports/tr9/, https://trojansource.codes);
 * - what is invisible by its nature (Default_Ignorable_Code_Point: zero-width blanks, soft hyphens, tags), annotation marks,
 *   noncharacters: two names that look alike are alike.
 *
 * Joiners and variation selectors stay where they do something: behind an emoji, a letter of a script that joins, a Han
 * character with variants (selectors alone). Behind ASCII, a blank, one another or nothing they hide.
 */
const hidden = String.raw`(?![\u180e\u200c\u200d]|\p{VS})[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}\p{NChar}\p{DI}\ufff9-\ufffb]`;
const idleJoiner = String.raw`(?<![^\p{ASCII}\p{Z}\p{Script=Han}\u180e\u200c\u200d])[\u180e\u200c\u200d]`;
/** A keycap is a digit, a selector and U+20E3. */
const idleSelector = String.raw`(?<![^\p{ASCII}\p{Z}\p{VS}\u180e\u200c\u200d])\p{VS}(?!\u20e3)`;

const unfit = {
  line: new RegExp(`${hidden}|${idleJoiner}|${idleSelector}`, 'gu'),
  paragraph: new RegExp(`(?![\n\t])${hidden}|${idleJoiner}|${idleSelector}`, 'gu'),
} as const;

export type TextKind = keyof typeof unfit;

/** The characters that a text of this kind may not have, as a regular expression that finds every one. */
export const unfitFor = (kind: TextKind): RegExp => new RegExp(unfit[kind]);

/**
 * What regular expressions of any language can say of it: a text that does not match is refused. Tags and noncharacters
 * beyond the first plane, halves of pairs, idle joiners and selectors are refused besides.
 */
export const fitPattern = (kind: TextKind): string => `^[^${controls[kind]}${others}]*$`;
const controls = { line: String.raw`\u0000-\u001F`, paragraph: String.raw`\u0000-\u0008\u000B-\u001F` } as const;
const others = String.raw`\u007F-\u009F\u00AD\u034F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB`;

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => String.raw`\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * The text with what it may not have written as JSON writes it (`\u202e`): visible, and harmless wherever it is shown.
 * Texts that were stored before they were refused, and values of files, may have any of it.
 */
export const visible = (text: string, kind: TextKind = 'paragraph'): string => text.replace(unfit[kind], escaped);

/** The text as a line that may be written: blanks in place of line ends and tabs, nothing in place of what else is unfit. */
export const asLine = (text: string): string =>
  text
    .replaceAll(/[\s\u0085]+/gu, ' ')
    .replace(unfit.line, '')
    .trim();

/** The first character that a text of this kind may not have, as `U+202E`, with its position, counted from 1. */
export function firstUnfit(
  text: string,
  kind: TextKind,
): { readonly character: string; readonly at: number } | undefined {
  const found = unfitFor(kind).exec(text);
  if (!found) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { character: `U+${code}`, at: Array.from(text.slice(0, found.index)).length + 1 };
}
