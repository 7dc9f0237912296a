import type { Code } from './assembler.ts';
import { get, integer, is } from './code.ts';

/** A part of a key: its column; of a moment the address of what was read of that of record 0, and its kind. Before the parts, how many they are. */
export const PART = { column: 0, parts: 4, kind: 8, bytes: 12 } as const;
const KINDS = ['date', 'time', 'datetime'] as const;

/** What `stageKeys` has to know of keys, as it reads it. @param parts of each key @param momentOf a column: where it is read, and what */
export function planOf(
  keys: readonly (readonly number[])[],
  momentOf: (column: number) => { readonly parts: number; readonly kind: (typeof KINDS)[number] } | undefined,
): Int32Array {
  return Int32Array.from(
    keys.flatMap((columns) => [
      columns.length,
      ...columns.flatMap((column) => {
        const moment = momentOf(column);
        return [column, moment?.parts ?? 0, moment ? KINDS.indexOf(moment.kind) : 0];
      }),
    ]),
  );
}

export const plan = (field: number): Code => integer(get('plan'), field);
export const kindIs = (kind: (typeof KINDS)[number]): Code => is(plan(PART.kind), KINDS.indexOf(kind));
