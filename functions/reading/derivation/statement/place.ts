/** Both from 1; columns are characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What DuckDB gives where it kept no place: the largest of its index type, or something near it once it is a double. */
const NOWHERE = 2 ** 53;

/**
 * Where a byte of a statement is.
 *
 * @param offset bytes of UTF-8 from the start
 */
export function placeOf(sql: string, offset: unknown): Place | undefined {
  if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0 || offset >= NOWHERE) return undefined;
  const before = new TextDecoder().decode(new TextEncoder().encode(sql).subarray(0, offset));
  const lines = before.split('\n');
  return { line: lines.length, column: Array.from(lines.at(-1) ?? '').length + 1 };
}
