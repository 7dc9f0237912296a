/** A table in a format that is no text. What it writes, it writes at once, so that it needs no more than its output. */
export interface TableWriter {
  /** Texts of the fields, in their order; undefined where the value is missing. */
  row(texts: readonly (string | undefined)[]): void;
  /** What stands behind the records. Once only. */
  end(): void;
}
