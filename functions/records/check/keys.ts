import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { KeyTable, type Seen } from './key-table.ts';

/** A set of columns whose logical values together may stand in one accepted record only. */
export interface Key {
  /** Indexes into the columns of the file, in the order of the key. */
  readonly parts: readonly number[];
  readonly fields: readonly string[];
  /** As the report names it: names joined by `+`. */
  readonly name: string;
  readonly seen: Seen;
  /** Of all keys of a check. */
  readonly table: KeyTable;
  /** A record that repeats one is accepted with a warning; the value stays with the first. */
  readonly warns: boolean;
}

/**
 * Every key of the schema once, single fields first: a field that is `unique` and the primary key is one key. A key with
 * a field that the file does not have has no values, and so nothing to check (Table Schema v2: nulls are left out).
 */
export function keysOf(schema: TableSchema, columns: readonly string[]): Key[] {
  const keys = keyFields(schema).filter((names) => names.every((name) => columns.includes(name)));
  if (keys.length === 0) return [];
  const table = new KeyTable(keys.length);
  return keys.map((names, k) => ({
    parts: names.map((name) => columns.indexOf(name)),
    fields: names,
    name: names.join('+'),
    seen: table.seen(k),
    table,
    warns: keyWarns(names, schema),
  }));
}

/** Whether a key only warns: one that is a field which is `unique` for a warning. */
export const keyWarns = (names: readonly string[], { fields }: TableSchema): boolean =>
  names.length === 1 && fields.some(({ name, severity }) => name === names[0] && severity?.unique === 'warning');

/** The fields of every key, single fields first; the same fields in another order are the same key. */
export function keyFields(schema: TableSchema): string[][] {
  const unique = schema.fields.filter(({ constraints }) => constraints?.unique === true).map(({ name }) => [name]);
  const named = [...unique, ...(schema.primaryKey ? [schema.primaryKey] : []), ...(schema.uniqueKeys ?? [])];
  const distinct = new Map<string, string[]>();
  for (const names of named) {
    const id = JSON.stringify(names.toSorted());
    if (!distinct.has(id)) distinct.set(id, names);
  }
  return [...distinct.values()];
}

/** Gives back the room that the keys of a check have taken on disk. */
export function closeKeys(keys: readonly Key[]): void {
  keys[0]?.table.close();
}

const LENGTH_BYTES = 4;
/** Below it a loop is faster than a copy by the system. */
const SHORT = 32;

/** The bytes of a key's value: of several parts, each behind its length, so that no two values run together. */
export class KeyBuffer {
  bytes = Buffer.alloc(1024);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  part(bytes: Uint8Array, start: number, end: number): void {
    this.reserve(LENGTH_BYTES + end - start);
    this.length = this.bytes.writeUInt32LE(end - start, this.length);
    this.copy(bytes, start, end);
  }

  alone(bytes: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    this.copy(bytes, start, end);
  }

  private copy(bytes: Uint8Array, start: number, end: number): void {
    const at = this.length - start;
    if (end - start > SHORT) this.bytes.set(bytes.subarray(start, end), this.length);
    else for (let i = start; i < end; i += 1) this.bytes[at + i] = bytes[i] ?? 0;
    this.length += end - start;
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.alloc(Math.max(this.bytes.length * 2, this.length + size));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
