/** What a system took for a case: medians of its runs. */
export interface Figures {
  readonly case: string;
  readonly system: string;
  readonly rows: number;
  readonly bytes: number;
  readonly runs: number;
  readonly wallSeconds: number;
  /** Absent where several processes share the work. */
  readonly cpuSeconds?: number | undefined;
  readonly rowsPerSecond: number;
  readonly peakRssMiB?: number | undefined;
  /** What a column of plain text with the same bytes took, of a case that compares types. */
  readonly asText?: { readonly wallSeconds: number; readonly cpuSeconds: number } | undefined;
  /** What else was found out, in a few words. */
  readonly note?: string | undefined;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Absent unless every run has it. */
export function medianOf<T>(runs: readonly T[], value: (run: T) => number | undefined): number | undefined {
  const values = runs.map(value).filter((known) => known !== undefined);
  return values.length === runs.length && runs.length > 0 ? median(values) : undefined;
}

/** What is measured of a program that ran by itself. */
interface Run {
  readonly wallSeconds: number;
  readonly cpuSeconds?: number | undefined;
  readonly peakRssMiB?: number | undefined;
}

/** The medians of a system's runs. */
export function figuresOfRuns(
  about: Pick<Figures, 'case' | 'system' | 'rows' | 'bytes'>,
  runs: readonly Run[],
): Figures {
  const wallSeconds = median(runs.map((run) => run.wallSeconds));
  return {
    ...about,
    runs: runs.length,
    wallSeconds,
    cpuSeconds: medianOf(runs, (run) => run.cpuSeconds),
    rowsPerSecond: Math.round(about.rows / wallSeconds),
    peakRssMiB: medianOf(runs, (run) => run.peakRssMiB),
  };
}
