import type { Outcome } from '../../kernel/outcome.ts';

/** What a run may take. All are of one run. */
export interface StatementLimits {
  readonly memoryMb: number;
  /** What does not fit in memory is spilled to the run's folder. */
  readonly spillMb: number;
  readonly threads: number;
  readonly seconds: number;
  readonly rows: number;
  /** Of the result's file. */
  readonly bytes: number;
}

/** Why there is no result. None says anything of the data. */
export type RunRefusal = 'too-long' | 'too-large' | 'too-many-rows' | 'out-of-memory' | 'value-unfit';

export interface ResultColumn {
  readonly name: string;
  /** DuckDB's name of it, e.g. `VARCHAR`. */
  readonly type: string;
}

export interface StatementResult {
  readonly rows: number;
  /** Parquet, sorted. */
  readonly file: string;
}

/** The extracts that a statement reads, as Parquet files of one folder, and nothing else. */
export interface Sandbox {
  /** What the result's columns are; refused is what only DuckDB knows: types that do not fit together. */
  describe(sql: string): Promise<Outcome<readonly ResultColumn[], 'invalid-derivation'>>;
  /**
   * Runs a statement that `checkStatement` let pass on these very inputs.
   *
   * @param columns as `describe` gave them
   * @param lost fields that are to be missing in every record
   * @param order fields by which the result is sorted; all, where there is none that tells its records apart
   */
  run(
    sql: string,
    columns: readonly ResultColumn[],
    options: { readonly lost?: readonly string[]; readonly order: readonly string[]; readonly to: string },
  ): Promise<Outcome<StatementResult, RunRefusal>>;
  close(): void;
}
