import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Mask } from '../../../schemas/contracts/terms.ts';

export const RESULT = '_result';
export const DIFFERS = '_differs';
/** Of a run of a standing order: what became of the row since the result before. */
export const CHANGE = '_change';
/** Of `link`. */
export const SCORE = '_score';
export const REASONS = '_reasons';
export const CHOICE = '_choice';

/** Of the columns that a result has beside those of the list: the same names, with underscores before one that is taken. */
export function freeNames(taken: readonly string[], wanted: readonly string[]): string[] {
  const names = new Set(taken);
  return wanted.map((name) => {
    let free = name;
    while (names.has(free)) free = `_${free}`;
    names.add(free);
    return free;
  });
}

/** A column of the result: of the list, or of the hub, as text; or a granted field. */
export interface ResultColumn {
  readonly name: string;
  readonly granted?: Field | undefined;
}

/** The types of a result's columns: granted fields have their own, unless a mask makes texts of them. */
export function resultSchema(columns: readonly ResultColumn[], mask: Readonly<Record<string, Mask>>): TableSchema {
  return {
    fields: columns.map(({ name, granted }) =>
      granted && !Object.hasOwn(mask, granted.name) ? asGranted(granted, name) : text(name),
    ),
    missingValues: [''],
  };
}

const text = (name: string): Field => ({ name, type: 'string', sensitivity: 'internal' });

/** Nothing is an empty cell, whatever the resource writes for it; its rules were held to before, and references are made. */
const asGranted = (field: Field, name: string): Field => ({
  ...field,
  name,
  constraints: undefined,
  severity: undefined,
  check: undefined,
  reference: undefined,
  attachment: undefined,
  missingValues: undefined,
});
