import type { Field } from '../../../schemas/contracts/definition.ts';

/** Longer names are not compared: the work stays small whatever the header. */
export const MAX_COMPARED = 60;

/** A name but for case, width and spacing. */
export const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');

/**
 * The field that a column probably is: its title, or its name but for case, width and spacing, or but for a typing error
 * or two.
 */
export function closest(column: string, free: readonly Field[]): string | undefined {
  const wanted = plain(column);
  if (wanted.length > MAX_COMPARED || wanted === '') return undefined;
  const titled = free.find(({ title, titleEn }) =>
    [title, titleEn].some((text) => text !== undefined && plain(text) === wanted),
  );
  if (titled) return titled.name;
  const tolerated = Math.min(wanted.length - 1, Math.max(1, Math.floor(wanted.length / 4)));
  const near = free.map(({ name }) => name).filter((name) => Math.abs(plain(name).length - wanted.length) <= tolerated);
  const ranked = near
    .map((name) => ({ name, distance: editDistance(wanted, plain(name)) }))
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0] && ranked[0].distance <= tolerated ? ranked[0].name : undefined;
}

/** Shorter names are within others by chance. */
const LEAST_CONTAINED = 4;
const LEAST_TITLE = 2;

/** The one field whose name or title is a part of the column's name: `telephone` for `phone`. */
export function containing(column: string, free: readonly Field[]): string | undefined {
  const wanted = plain(column);
  if (wanted.length > MAX_COMPARED) return undefined;
  const found = free.filter(
    ({ name, title }) =>
      (name.length >= LEAST_CONTAINED && wanted.includes(plain(name))) ||
      (title !== undefined && title.length >= LEAST_TITLE && wanted.includes(plain(title))),
  );
  return found.length === 1 ? found[0]?.name : undefined;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
