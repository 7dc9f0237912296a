/** Compatibility composition makes full-width letters and digits ordinary ones (Unicode Standard Annex 15, NFKC). */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** What blanks part; Chinese has none, so that a phrase is one word here. */
export const wordsOf = (text: string): readonly string[] =>
  plain(text)
    .split(/\s+/u)
    .filter((word) => word !== '');

/** Characters as Unicode counts them: one beyond the first plane is one. */
export const charactersOf = (text: string): readonly string[] => Array.from(text);

/** Every pair of neighbouring characters; of a single character itself. */
export function bigramsOf(text: string): readonly string[] {
  const characters = charactersOf(text);
  return characters.length < 2
    ? characters
    : characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

const HAN = /\p{Script=Han}/u;
export const isChinese = (text: string): boolean => HAN.test(text);

/** How much two sets have in common: 0 nothing, 1 all (Jaccard). */
export function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let common = 0;
  for (const each of one) if (other.has(each)) common += 1;
  return common / (one.size + other.size - common);
}
