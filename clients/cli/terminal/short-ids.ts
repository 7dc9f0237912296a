/** Ids that the hub gives: Crockford's base 32, of 26 characters. */
const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** The least that is taken for the beginning of one: of two made a second apart it tells which, and of random ones any. */
const LEAST_OF_AN_ID = 8;

/** Where two of them would read alike, more of each is shown. */
const USUAL = 12;

/** Ids as they are shown together: all to the same length, which tells each from the others. What is no id stays. */
export function shortIds(texts: readonly string[]): string[] {
  const ids = [...new Set(texts.filter((text) => ID.test(text)))].toSorted();
  const alike = ids.slice(1).map((id, index) => sharedLength(id, ids[index] ?? ''));
  const length = Math.max(USUAL, ...alike.map((shared) => shared + 1));
  return texts.map((text) => (ID.test(text) ? text.slice(0, length) : text));
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** What may be the beginning of an id; people type it in small letters, too. */
export const isPartOfId = (text: string): boolean =>
  text.length >= LEAST_OF_AN_ID && text.length < 26 && /^[0-9A-HJKMNP-TV-Z]+$/i.test(text);
