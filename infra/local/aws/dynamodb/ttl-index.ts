import type { BatchOperation } from 'dynalite/db/index.js';

import type { Item } from '../contracts.ts';
import type { Change } from './overlay.ts';
import type { Table } from './tables.ts';

/** Wide enough for any time in seconds that DynamoDB accepts as an expiry. */
const DIGITS = 12;

export const ttlPrefix = (table: string): string => `hub-ttl~${table}~`;

/** The first key whose expiry (in seconds) is not before `seconds`. */
export const ttlBound = (table: string, seconds: number): string =>
  ttlPrefix(table) + String(seconds).padStart(DIGITS, '0');

/** Keeps the items of a table in the order of their expiry, in the same batch as the items themselves. */
export function ttlOperations(table: Table, { key, old, new: now }: Change): BatchOperation[] {
  const [before, after] = [entryOf(table, key, old), entryOf(table, key, now)];
  if (before?.key === after?.key) return [];
  return [
    ...(before ? [{ type: 'del' as const, key: before.key }] : []),
    ...(after ? [{ type: 'put' as const, ...after }] : []),
  ];
}

/** Only a whole number of seconds counts: DynamoDB Developer Guide, "Time to Live". */
export function expiryOf(table: Table, item: Item | undefined): number | undefined {
  const value = table.ttl === undefined ? undefined : item?.[table.ttl]?.['N'];
  return typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}

function entryOf(table: Table, key: string, item: Item | undefined): { key: string; value: Item } | undefined {
  const expiry = expiryOf(table, item);
  if (expiry === undefined || !item) return undefined;
  const value = Object.fromEntries(table.keyNames.map((name) => [name, item[name] ?? {}]));
  return { key: `${ttlBound(table.name, expiry)}~${key}`, value };
}
