/**
 * What a field's type means: Table Schema v2 tests every constraint on the logical value,
 * so "007" and "7" are one integer, and "2.50" and "2.5" one number.
 */
export interface LogicalType<V = unknown> {
  /** The logical value of a cell's text, or undefined if the text is not of the type. */
  read(text: string): V | undefined;
  /** Equal logical values, and only those, have equal canonical texts. */
  canonical(value: V): string;
  /** Ordered types only. NaN where the values have no order (the number NaN). */
  compare?(a: V, b: V): number;
  /** JSON text of the value where it is not simply the cell's text as a JSON string. */
  json?(value: V): string;
}
