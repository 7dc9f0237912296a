import { performance } from 'node:perf_hooks';

/** One line for each step of a start, with its time. */
export interface Progress {
  step<T>(what: string, work: () => Promise<T>): Promise<T>;
  say(line: string): void;
  /** Seconds since the start. */
  elapsed(): string;
}

export function progressTo(write: (line: string) => void): Progress {
  const start = performance.now();
  const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  return {
    say: write,
    elapsed: () => seconds(start),
    step: async (what, work) => {
      const from = performance.now();
      const result = await work();
      write(`  ${what.padEnd(58)} ${seconds(from).padStart(7)}`);
      return result;
    },
  };
}
