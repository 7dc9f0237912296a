import { placeOf, HistoryEntry, type Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { AgreementId } from '../../../../schemas/contracts/ids.ts';
import type { Page, PageQuery } from '../../../../schemas/contracts/paging.ts';
import type { Act } from '../../../agreements/ports.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf, padded } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { PAGE_BYTES, walk } from '../table/walk.ts';
import { put, type Write } from '../table/write.ts';

/*
 * An agreement's item has what acts depend on, and an item of its own each thing that was done or said: so the one stays small,
 * whatever parties say and however often they act. Agreements from before have words and comments in their item; those are
 * read from there until an act takes them out.
 */

/** Entries from before that an act takes along, of the hundred writes of a transaction. */
const MOVED_AT_ONCE = 40;

/** Steps of a negotiation, of which an agreement has as many as terms versions, which have a limit of their own. */
const negotiated: ReadonlySet<HistoryEntry['action']> = new Set([
  'propose',
  'counter',
  'accept',
  'approve',
  'sign',
  'file',
]);

const isInside = ({ action, reason }: HistoryEntry): boolean => reason !== undefined || action === 'comment';

/** What the agreement's item keeps of its history, and what gets items of its own. */
export function splitHistory({ agreement, entries }: Pick<Act, 'agreement' | 'entries'>): {
  readonly kept: readonly HistoryEntry[];
  readonly own: readonly HistoryEntry[];
} {
  const isNew = new Set(entries.map(({ number }) => number));
  const moved = agreement.history.filter((entry) => isInside(entry) && !isNew.has(entry.number));
  const own = [...moved.slice(0, MOVED_AT_ONCE), ...entries].filter(({ number }) => number !== undefined);
  const isOwn = new Set(own.map(({ number }) => number));
  const kept = agreement.history.flatMap((entry) => {
    if (entry.number === undefined || !isOwn.has(entry.number)) return [entry];
    const { reason: _reason, ...act } = entry;
    return entry.action === 'comment' ? [] : [act];
  });
  return { kept: newestOfEach(kept), own };
}

/**
 * Of acts that can come again without end the newest by each holder: decisions look at no other. What still has its words
 * inside stays, for it is nowhere else.
 */
function newestOfEach(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const seen = new Set<string>();
  return history
    .toReversed()
    .filter((entry) => {
      const { action, holder = '' } = entry;
      const isFirst = !seen.has(`${action} ${holder}`);
      seen.add(`${action} ${holder}`);
      return isFirst || negotiated.has(action) || isInside(entry);
    })
    .toReversed();
}

export const writeHistory = (table: Table, id: AgreementId, own: readonly HistoryEntry[]): readonly Write[] =>
  own.map((entry) => put(table, toItem('history', keyOf.historyEntry(id, entry.number ?? 0), entry)));

const entriesOf = (id: AgreementId) => ({ pk: keyOf.agreement(id).pk, prefix: 'HISTORY#' });

/** An agreement with its history as far as an answer can hold it, the newest of it. */
export async function withHistory(table: Table, agreement: Agreement): Promise<Agreement> {
  const found = new Map(agreement.history.map((entry, index) => [placeOf(entry, index), entry]));
  let bytes = bytesOf(agreement);
  let since = 0;
  for await (const { item } of walk(table, { from: entriesOf(agreement.agreementId), newestFirst: true })) {
    const entry = fromItem(HistoryEntry, item);
    bytes += bytesOf(entry);
    if (bytes > PAGE_BYTES) {
      since = placeOf(entry, 0);
      break;
    }
    found.set(placeOf(entry, 0), entry);
  }
  const history = inOrder(found).filter(([place]) => place > since);
  return { ...agreement, history: history.map(([, entry]) => entry), ...(since > 0 && { olderHistory: true }) };
}

/** A page of the whole history, in its order. */
export async function historyOf(
  table: Table,
  { agreementId, history }: Agreement,
  { limit, cursor }: PageQuery,
): Promise<Page<HistoryEntry>> {
  const after = cursor === undefined ? 0 : Number(cursor) || 0;
  const inItem = history.map((entry, index) => [placeOf(entry, index), entry] as const);
  const found = new Map(inItem.filter(([place]) => place > after));
  let bytes = 0;
  let upTo = Infinity;
  let read = 0;
  for await (const { item } of walk(table, { from: entriesOf(agreementId) }, padded(after))) {
    const entry = fromItem(HistoryEntry, item);
    bytes += bytesOf(entry);
    if (read === limit || (bytes > PAGE_BYTES && read > 0)) break;
    read++;
    upTo = placeOf(entry, 0);
    found.set(upTo, entry);
  }
  const isWhole = read < limit && bytes <= PAGE_BYTES;
  const page = inOrder(found).filter(([place]) => isWhole || place <= upTo);
  const items = page.slice(0, limit);
  const last = items.at(-1)?.[0];
  const leadsOn = !isWhole || page.length > items.length;
  return {
    items: items.map(([, entry]) => entry),
    ...(leadsOn && last !== undefined && { cursor: String(last) }),
  };
}

const inOrder = (entries: ReadonlyMap<number, HistoryEntry>): readonly (readonly [number, HistoryEntry])[] =>
  [...entries].toSorted(([left], [right]) => left - right);

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
