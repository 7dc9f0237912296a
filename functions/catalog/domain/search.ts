import type { Page } from '../../../schemas/contracts/paging.ts';
import type { ResourceQuery, ResourceSummary } from '../../../schemas/contracts/resources.ts';
import type { CatalogEntry, CatalogState } from './catalog-state.ts';
import { decodePosition, encodePosition } from './position.ts';
import { prepare, rank } from './rank.ts';
import { plain, wordsOf } from './text.ts';

/** All given criteria hold together; `text` is judged by `rank`. */
function matches(entry: CatalogEntry, query: Omit<ResourceQuery, 'limit' | 'cursor' | 'text'>): boolean {
  const { summary, fields } = entry;
  const { provider, theme, shareType, category, field, updateCycle, retired } = query;
  return (
    (retired === 'include' || summary.retiredAt === undefined) &&
    (provider === undefined || summary.provider === provider || fields.some((each) => each.provider === provider)) &&
    (theme === undefined || summary.themes.includes(theme)) &&
    (shareType === undefined || summary.shareType === shareType) &&
    (updateCycle === undefined || summary.updateCycle === updateCycle) &&
    (category === undefined || isUnder(summary.category, category)) &&
    (field === undefined || prepare(entry).names.includes(plain(field)))
  );
}

const isUnder = (category: string | undefined, branch: string): boolean =>
  category === branch || (category?.startsWith(`${branch}-`) ?? false);

/** One page of the entries that a query wants: best first where it has words, otherwise in order of resource id. */
export function search(state: CatalogState, query: ResourceQuery): Page<ResourceSummary> {
  const words = query.text === undefined ? [] : wordsOf(query.text);
  const wanted = state.entries.filter((entry) => matches(entry, query));
  return words.length === 0 ? inOrder(wanted, query) : ranked(state, wanted, words, query);
}

function inOrder(entries: readonly CatalogEntry[], { limit, cursor }: ResourceQuery): Page<ResourceSummary> {
  const [after] = decodePosition(cursor) ?? [];
  const rest = typeof after === 'string' ? entries.filter(({ summary }) => summary.resourceId > after) : entries;
  return pageOf(
    rest.map(({ summary }) => ({ summary, position: [summary.resourceId] })),
    limit,
  );
}

interface Placed {
  readonly summary: ResourceSummary;
  readonly position: readonly (string | number)[];
}

function pageOf(placed: readonly Placed[], limit: number): Page<ResourceSummary> {
  const page = placed.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ summary }) => summary);
  return last && placed.length > limit ? { items, cursor: encodePosition(last.position) } : { items };
}

/** Where an entry stands among ranked results: those changed since the first page behind all others. */
interface Place {
  readonly changed: 0 | 1;
  readonly score: number;
  readonly id: string;
}

/**
 * An entry that changes while somebody turns pages may change its rank. So a cursor names the state of the catalog that
 * the first page saw; what has changed since comes last, in order of id: nothing is lost, and nothing that stayed as it
 * was comes twice.
 */
function ranked(
  { revision }: CatalogState,
  entries: readonly CatalogEntry[],
  words: readonly string[],
  { limit, cursor }: ResourceQuery,
): Page<ResourceSummary> {
  const after = placeIn(decodePosition(cursor));
  const seen = after?.revision ?? revision;
  const placed = entries
    .map((entry) => ({ entry, score: rank(prepare(entry), words) }))
    .filter(({ score }) => score > 0)
    .map(({ entry: { summary, changedIn }, score }) => ({
      summary,
      place: placeOf(summary.resourceId, score, changedIn > seen),
    }))
    .filter(({ place }) => !after || compare(place, after) > 0)
    .sort((one, other) => compare(one.place, other.place));
  return pageOf(
    placed.map(({ summary, place: { changed, score, id } }) => ({ summary, position: [seen, changed, score, id] })),
    limit,
  );
}

const placeOf = (id: string, score: number, changed: boolean): Place =>
  changed ? { changed: 1, score: 0, id } : { changed: 0, score, id };

function compare(one: Place, other: Place): number {
  if (one.changed !== other.changed) return one.changed - other.changed;
  if (one.score !== other.score) return other.score - one.score;
  return one.id < other.id ? -1 : Number(one.id > other.id);
}

function placeIn(position: readonly unknown[] | undefined): (Place & { readonly revision: number }) | undefined {
  const [revision, changed, score, id] = position ?? [];
  return typeof revision === 'number' && typeof score === 'number' && typeof id === 'string'
    ? { revision, changed: changed === 1 ? 1 : 0, score, id }
    : undefined;
}
