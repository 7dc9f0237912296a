import type { ResourceDefinition, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';

/** What was left out, changed or guessed, and why. `path` is a JSON pointer into the definition, where it would stand. */
export interface Note {
  readonly path: string;
  readonly message: string;
}

/** A definition whose catalog entry may still have gaps: who provides it and how it is shared stands in no file. */
export type Draft = Entry & { readonly schema: TableSchema };

/** The catalog entry's own part of a draft: what a caller states in place of what a file says. */
export type Entry = Partial<Omit<(typeof ResourceDefinition)['_zod']['input'], 'schema'>>;

/** A draft that can be published once `problems` is empty. */
export interface Described {
  readonly definition: Draft;
  readonly notes: readonly Note[];
  readonly problems: readonly Violation[];
}

export const note = (path: string, message: string): Note => ({ path, message });

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** How a value of a foreign file is named in a note: short, and on one line. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}

const MAX_QUOTED = 60;
