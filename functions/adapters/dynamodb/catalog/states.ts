import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { EntryItem } from '../../../../schemas/stored/catalog.ts';
import type { CatalogEntry, CatalogState, EntryTexts } from '../../../catalog/ports.ts';
import { after, epochSeconds } from '../../../kernel/time.ts';
import { change } from '../table/change.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import { put, type Write } from '../table/write.ts';

const entryOf = (item: Item): CatalogEntry => {
  const { changedIn, about, deprecation, retiredAt } = fromItem(EntryItem, item);
  const ends = { ...(deprecation && { deprecation }), ...(retiredAt !== undefined && { retiredAt }) };
  return { ...about, summary: { ...about.summary, ...ends }, changedIn } as CatalogEntry;
};

/** The number of the catalog's newest state; 0 before the first. Strongly consistent. */
export async function readCatalogRevision(table: Table): Promise<number> {
  const head = await readItem(table, keyOf.catalog());
  return typeof head?.['catalogRevision'] === 'number' ? head['catalogRevision'] : 0;
}

/** Longer than any function lives: who was gone longer reads everything anew. */
const CHANGES_KEPT_DAYS = 30;

/** The two writes that make the next state of the catalog, in which this resource changed. */
export const writeCatalogChange = (
  table: Table,
  resourceId: ResourceId,
  { read, at }: { readonly read: number; readonly at: string },
): readonly [Write, Write] => [
  change(table, keyOf.catalog(), {
    set: { catalogRevision: read + 1, kind: 'catalog' },
    ...(read === 0 ? { when: 'attribute_not_exists(#pk)' } : { when: '#catalogRevision = :read', values: { read } }),
  }),
  put(
    table,
    toItem(
      'catalog-change',
      keyOf.catalogChange(read + 1),
      { resourceId },
      { ttl: epochSeconds(after(at, { days: CHANGES_KEPT_DAYS })) },
    ),
  ),
];

/** The entry of the first version. */
export const writeEntry = (table: Table, resourceId: ResourceId, about: EntryTexts, changedIn: number): Write =>
  put(table, toItem('catalog-entry', keyOf.catalogEntry(resourceId), { about, changedIn }));

/** Sets some attributes of an entry, and by which state of the catalog. */
export const changeEntry = (
  table: Table,
  resourceId: ResourceId,
  attributes: Readonly<Record<string, unknown>>,
  changedIn: number,
): Write =>
  change(table, keyOf.catalogEntry(resourceId), {
    set: { ...attributes, changedIn },
    when: 'attribute_exists(#pk)',
  });

/** So many changes are followed one by one; beyond, reading all is quicker. */
const MOST_FOLLOWED = 500;
const READS_AT_ONCE = 25;

/**
 * Keeps the catalog in memory. Each call reads the number of its newest state, and then only what has changed since the
 * call before. All reads are strongly consistent, and the number is read first: what a state names is in it.
 */
export function catalogReader(table: Table): () => Promise<CatalogState> {
  let state: CatalogState = { revision: 0, entries: [] };
  let reading: Promise<unknown> = Promise.resolve();
  const refresh = async (): Promise<CatalogState> => {
    const revision = await readCatalogRevision(table);
    if (revision !== state.revision) state = await stateAt(table, state, revision);
    return state;
  };
  return () => {
    const next = reading.then(refresh, refresh);
    reading = next;
    return next;
  };
}

async function stateAt(table: Table, state: CatalogState, revision: number): Promise<CatalogState> {
  const changed = state.revision === 0 ? undefined : await changedSince(table, state.revision, revision);
  const entries = new Map(changed && state.entries.map((entry) => [entry.summary.resourceId, entry]));
  if (changed) for (const entry of await readEntries(table, changed)) entries.set(entry.summary.resourceId, entry);
  else for await (const entry of allEntries(table)) entries.set(entry.summary.resourceId, entry);
  const ordered = [...entries.values()].sort((a, b) => (a.summary.resourceId < b.summary.resourceId ? -1 : 1));
  return { revision, entries: ordered };
}

const CHANGE = 'CHANGE#';
const positionOf = (state: number): string => keyOf.catalogChange(state).sk.slice(CHANGE.length);

/** The resources of the states in between; undefined where there are too many, or the log no longer has them all. */
async function changedSince(table: Table, from: number, to: number): Promise<readonly ResourceId[] | undefined> {
  if (to < from || to - from > MOST_FOLLOWED) return undefined;
  const ids: ResourceId[] = [];
  const { pk } = keyOf.catalog();
  for await (const { item } of walk(table, { from: { pk, prefix: CHANGE } }, positionOf(from)))
    ids.push(item['resourceId'] as ResourceId);
  return ids.length >= to - from ? [...new Set(ids)] : undefined;
}

async function readEntries(table: Table, ids: readonly ResourceId[]): Promise<readonly CatalogEntry[]> {
  const found: CatalogEntry[] = [];
  for (let from = 0; from < ids.length; from += READS_AT_ONCE) {
    const items = await Promise.all(
      ids.slice(from, from + READS_AT_ONCE).map((id) => readItem(table, keyOf.catalogEntry(id))),
    );
    found.push(...items.flatMap((item) => (item ? [entryOf(item)] : [])));
  }
  return found;
}

async function* allEntries(table: Table): AsyncGenerator<CatalogEntry> {
  const { pk } = keyOf.catalog();
  for await (const { item } of walk(table, { from: { pk, prefix: 'ENTRY#' } })) yield entryOf(item);
}
