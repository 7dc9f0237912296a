import { createHash } from 'node:crypto';
import type { Route } from '../../../schemas/contracts/routes.ts';
import { refuse, type Outcome } from '../outcome.ts';

type Query = Readonly<Record<string, unknown>>;

/** Which list a request asks for: whatever a page of it may differ in is no part of its name. */
export interface List {
  readonly routeId: string;
  readonly name: string;
}

const OF_PAGES: ReadonlySet<string> = new Set(['limit', 'cursor', 'after', 'format']);

export function listOf(route: Route, params: Query, query: Query, reader: string): List {
  const criteria = Object.entries(query)
    .filter(([name, value]) => !OF_PAGES.has(name) && value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { routeId: route.id, name: JSON.stringify([route.id, reader, params, criteria]) };
}

/** Enough that nothing made up, changed or taken from another list is taken for a cursor. */
const SEAL_BYTES = 6;
const MOST_BYTES = 700;

const sealOf = (list: List, position: Uint8Array): Buffer =>
  createHash('sha256').update(list.name).update('\n').update(position).digest().subarray(0, SEAL_BYTES);

/** A position within a list as its readers get it: the seal says that the hub gave it, and for which list. */
export function cursorAt(list: List, position: string): string {
  const bytes = Buffer.from(position, 'utf8');
  return Buffer.concat([sealOf(list, bytes), bytes]).toString('base64url');
}

/**
 * Consumers keep their last cursor of deliveries for as long as they like, and some are from before cursors had a seal:
 * places in a consumer's history, or moment and id in a provider's.
 */
const unsealed: Readonly<Partial<Record<string, RegExp>>> = {
  listDeliveries: /^(\d{9}|\d{4}-\d\d-\d\dT[\d:.]+Z#[0-9A-Z]{26})$/,
};

/** The position that the hub gave with this cursor for this list; undefined for any other. */
function positionOf(list: List, cursor: string): string | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  const [seal, position] = [bytes.subarray(0, SEAL_BYTES), bytes.subarray(SEAL_BYTES)];
  if (position.length > 0 && position.length <= MOST_BYTES && seal.equals(sealOf(list, position)))
    return position.toString('utf8');
  const text = bytes.toString('utf8');
  return unsealed[list.routeId]?.test(text) ? text : undefined;
}

/** A query with positions in place of its cursors. */
export function opened(list: List, query: Query): Outcome<Query, 'malformed'> {
  const positions: Record<string, string> = {};
  for (const name of ['cursor', 'after']) {
    const cursor = query[name];
    if (typeof cursor !== 'string') continue;
    const position = positionOf(list, cursor);
    if (position === undefined) return refuse('malformed', { violations: [foreign(name)] });
    positions[name] = position;
  }
  return { ok: true, value: { ...query, ...positions } };
}

const foreign = (name: string) => ({
  path: `/query/${name}`,
  rule: 'cursor',
  message: 'no page of this list gave this cursor: ask with the same criteria, and begin without a cursor',
});

/** An answer with a cursor in place of its position, where there is one. */
export const sealed = <T>(list: List, value: T): T =>
  typeof value === 'object' && value !== null && 'cursor' in value && typeof value.cursor === 'string'
    ? { ...value, cursor: cursorAt(list, value.cursor) }
    : value;
