/** One way of writing it: full-width letters as ordinary ones (Unicode Standard Annex 15, NFKC), no capitals. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** A run of Chinese characters, or one of other letters and numbers. */
const RUNS = /\p{Script=Han}+|[[\p{Letter}\p{Number}]--\p{Script=Han}]+/gv;
const HAN = /^\p{Script=Han}/v;

/**
 * What a text can be found by: of Chinese, which has no blanks, every two characters that stand together (a single one by
 * itself), of everything else words and numbers. `orgCode` and `org_code` are two words each.
 */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const run of plain(text.replaceAll(/([a-z])([A-Z])/g, '$1 $2')).match(RUNS) ?? []) {
    if (HAN.test(run)) for (const pair of bigrams(run)) words.add(pair);
    else words.add(run);
  }
  return words;
}

function bigrams(run: string): readonly string[] {
  const characters = Array.from(run);
  return characters.length === 1 ? characters : characters.slice(1).map((character, i) => characters[i] + character);
}

/** Dice's coefficient of two sets: 1 where they are equal, 0 where they have nothing in common. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return shared === 0 ? 0 : (2 * shared) / (one.size + other.size);
}
