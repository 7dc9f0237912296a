import type { EntryTexts } from './catalog-state.ts';
import { bigramsOf, charactersOf, isChinese, plain } from './text.ts';

/** The texts of an entry in the form in which they are compared. */
export interface Prepared {
  readonly id: string;
  readonly titles: readonly string[];
  readonly fields: readonly string[];
  /** The same, a line each. */
  readonly names: string;
  /** All of them, a line each. */
  readonly all: string;
}

/** Entries stay the same objects while nobody publishes, and preparing 5,000 of them takes longer than searching them. */
const prepared = new WeakMap<EntryTexts, Prepared>();

export function prepare(entry: EntryTexts): Prepared {
  const known = prepared.get(entry);
  if (known) return known;
  const made = prepareAnew(entry);
  prepared.set(entry, made);
  return made;
}

function prepareAnew({ summary, description, fields }: EntryTexts): Prepared {
  const texts = (all: readonly (string | undefined)[]) => all.flatMap((text) => (text ? [plain(text)] : []));
  const id = summary.resourceId;
  const titles = texts([summary.title, summary.titleEn]);
  const named = texts(fields.flatMap(({ name, title, titleEn }) => [name, title, titleEn]));
  const names = named.join('\n');
  const all = [id, ...texts([summary.resourceCode]), ...titles, names, plain(description)].join('\n');
  return { id, titles, fields: named, names, all };
}

/** What a word is worth by where it stands. */
const WORTH = {
  id: 100,
  title: 90,
  titleStart: 75,
  titlePart: 60,
  idPart: 50,
  field: 45,
  fieldPart: 30,
  elsewhere: 15,
};

/** A Chinese phrase that stands nowhere as it is counts less than one that does. */
const SCATTERED = 10;
/** So many of its characters have to stand in pairs that the entry has. */
const COVERED = 3 / 4;

/** How well an entry answers all of the words; 0 where it lacks one. */
export function rank(entry: Prepared, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const worth = worthOf(entry, word);
    if (worth === 0) return 0;
    sum += worth;
  }
  return sum;
}

function worthOf(entry: Prepared, word: string): number {
  if (!entry.all.includes(word)) return isChinese(word) && isScattered(entry, word) ? SCATTERED : 0;
  const { id, titles, fields } = entry;
  if (id === word) return WORTH.id;
  if (titles.includes(word)) return WORTH.title;
  if (titles.some((title) => title.startsWith(word))) return WORTH.titleStart;
  if (titles.some((title) => title.includes(word))) return WORTH.titlePart;
  if (id.includes(word)) return WORTH.idPart;
  if (fields.includes(word)) return WORTH.field;
  return fields.some((field) => field.includes(word)) ? WORTH.fieldPart : WORTH.elsewhere;
}

/** Chinese is written without blanks: 法人信息 finds 法人基础信息, whose pairs 法人 and 信息 cover it. */
function isScattered({ all }: Prepared, word: string): boolean {
  const { length } = charactersOf(word);
  if (length < 3) return false;
  const covered = new Set<number>();
  for (const [position, pair] of bigramsOf(word).entries())
    if (all.includes(pair)) covered.add(position).add(position + 1);
  return covered.size >= length * COVERED;
}
