import { type Json, textOf } from './draft.ts';
import type { ImportRefusal } from './import-outcome.ts';

export const nameOf = (table: Json): string => textOf(table['name']) ?? '(without a name)';

export type Choice =
  | { readonly ok: true; readonly table: Json }
  | { readonly ok: false; readonly refused: ImportRefusal };

/** The table that is wanted by name, or the only one that a document describes. */
export function chosenFrom(
  all: readonly Json[],
  wanted: string | undefined,
  isTable: (candidate: Json) => boolean,
  document: string,
): Choice {
  const tables = all.filter(isTable);
  const choices = tables.map(nameOf);
  if (wanted !== undefined) {
    const found = all.find(({ name }) => name === wanted);
    if (found) return { ok: true, table: found };
    return refused({ refusal: 'no-such-table', detail: `no table of ${document} is called ${wanted}`, choices });
  }
  const [only] = tables;
  if (only === undefined) return refused({ refusal: 'no-table', detail: `${document} describes no table` });
  if (tables.length === 1) return { ok: true, table: only };
  return refused({ refusal: 'choose-table', detail: `${document} describes ${tables.length} tables`, choices });
}

const refused = (refusal: ImportRefusal): Choice => ({ ok: false, refused: refusal });
