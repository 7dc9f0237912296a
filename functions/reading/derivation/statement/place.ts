/** Bytes of UTF-8 from the start of a statement, as DuckDB tells where something stands. */
export type Offset = number;

/** What DuckDB gives where it kept no place: the largest of its index type, or something near it once it is a double. */
const NOWHERE = 2 ** 53;

export const offsetOf = (value: unknown): Offset | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < NOWHERE ? value : undefined;

/** As people tell it: `line 2, column 14`, both from 1; columns are characters. */
export function placeOf(sql: string, offset: Offset): string {
  const before = new TextDecoder().decode(new TextEncoder().encode(sql).subarray(0, offset));
  const lines = before.split('\n');
  return `line ${lines.length}, column ${Array.from(lines.at(-1) ?? '').length + 1}`;
}
