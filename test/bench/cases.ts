import type { Figures } from './figures.ts';

/** What a case needs to run. */
export interface BenchContext {
  /** Generated files and outputs. */
  readonly folder: string;
  readonly seed: number;
  readonly runs: number;
  /** Divides every size. */
  readonly quick: boolean;
  /** One line about what is under way. */
  readonly progress: (text: string) => void;
}

export interface BenchCase {
  readonly name: string;
  /** For `--help`. */
  readonly about: string;
  /** Runs only when named, or with `--all`. */
  readonly onDemand: boolean;
  run(context: BenchContext): Promise<Figures[]>;
}

/** Sizes of a development run are a twentieth: enough to see that a case works, too little to compare. */
const QUICK = 20;

export const rowsOf = (rows: number, { quick }: BenchContext): number => (quick ? rows / QUICK : rows);
