import type { SimilarResource } from '../../../schemas/contracts/resources.ts';
import type { CatalogEntry, EntryTexts } from './catalog-state.ts';
import { bigramsOf, overlap, plain } from './text.ts';

/** From so much in common on two entries may be the same thing. */
const SIMILAR_FIELDS = 0.6;
const SIMILAR_TITLE = 0.6;
/** Registers of two fields often share `code` and `name`, and nothing else. */
const LEAST_FIELDS = 3;
const MOST_SHOWN = 5;

interface Features {
  readonly title: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
}

const known = new WeakMap<EntryTexts, Features>();

function featuresOf(entry: EntryTexts): Features {
  const found = known.get(entry);
  if (found) return found;
  const { summary, fields } = entry;
  const made = {
    title: new Set(bigramsOf(plain(summary.title).replaceAll(/[\s\p{P}]/gu, ''))),
    names: new Set(fields.map(({ name }) => plain(name))),
    titles: new Set(fields.flatMap(({ title }) => (title === undefined ? [] : [plain(title)]))),
  };
  known.set(entry, made);
  return made;
}

/**
 * Other entries, not retired, that share most of their fields' names (or titles) or of their title; best first. Both count:
 * of many with the same fields the one that is called nearly the same is the likeliest to be the same thing.
 */
export function similarTo(entry: EntryTexts, entries: readonly CatalogEntry[]): SimilarResource[] {
  const own = featuresOf(entry);
  return entries
    .filter(({ summary }) => summary.resourceId !== entry.summary.resourceId && summary.retiredAt === undefined)
    .flatMap((other) => likeness(own, other))
    .sort((one, other) => other.nearness - one.nearness || (one.resourceId < other.resourceId ? -1 : 1))
    .slice(0, MOST_SHOWN)
    .map(({ nearness: _unrounded, ...shown }) => shown);
}

function likeness(own: Features, other: CatalogEntry): (SimilarResource & { readonly nearness: number })[] {
  const { title, names, titles } = featuresOf(other);
  const byTitle = overlap(own.title, title);
  const byFields = Math.max(fieldOverlap(own.names, names), fieldOverlap(own.titles, titles));
  const alike = { title: byTitle >= SIMILAR_TITLE, fields: byFields >= SIMILAR_FIELDS };
  if (!alike.title && !alike.fields) return [];
  const { resourceId, provider, title: name } = other.summary;
  const nearness = (byTitle + byFields) / 2;
  return [
    {
      resourceId,
      title: name,
      provider,
      reason: alike.title && alike.fields ? 'fields-and-title' : alike.fields ? 'fields' : 'title',
      score: Math.round(nearness * 100) / 100,
      nearness,
    },
  ];
}

const fieldOverlap = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  Math.min(one.size, other.size) < LEAST_FIELDS ? 0 : overlap(one, other);
