import type { TableSchema } from '../../../schemas/contracts/definition.ts';

/** Codes whose last character is made of the others: whoever counts through them leaves it out. */
const CHECKED: ReadonlySet<string> = new Set(['gb11643', 'gb11714', 'gb32100']);

/** So near are keys that one may have been made of the other; identity numbers of one sex are two apart. */
const NEAR = 3;
/** Digits that are counted with; the number before them stays. */
const MOST_DIGITS = 15;

/** What is counted through in a key: the value of its last field without its check character. */
export function stemOf(key: (field: string) => string, fields: readonly string[], schema: TableSchema): string {
  const last = fields.at(-1) ?? '';
  const check = schema.fields.find(({ name }) => name === last)?.check;
  const text = key(last);
  // An organisation code may be written with a hyphen before its check character.
  const stem = check !== undefined && CHECKED.has(check) ? text.slice(0, -1).replace(/-$/, '') : text;
  return JSON.stringify([...fields.slice(0, -1).map(key), stem]);
}

/** The stems beside one, that differ by 1 to 3 in its last digits; none where it does not end in digits. */
export function neighboursOf(stem: string): readonly string[] {
  const parts = JSON.parse(stem) as string[];
  const text = parts.at(-1) ?? '';
  const digits = new RegExp(`\\d{1,${MOST_DIGITS}}$`).exec(text)?.[0];
  if (digits === undefined) return [];
  const before = text.slice(0, -digits.length);
  const at = Number(digits);
  return Array.from({ length: NEAR }, (_, i) => [at + i + 1, at - i - 1])
    .flat()
    .filter((number) => number >= 0)
    .map((number) => JSON.stringify([...parts.slice(0, -1), before + String(number).padStart(digits.length, '0')]));
}
