import { type Figures, median } from '../figures.ts';

export interface Times {
  /** Of each call, in seconds. */
  readonly seconds: readonly number[];
  /** From the first call to the last answer. */
  readonly wallSeconds: number;
}

/** @param act gives what proves its answer, which is not timed */
export async function timesOf<T>(
  all: readonly T[],
  atOnce: number,
  act: (one: T) => Promise<() => void>,
): Promise<Times> {
  const seconds: number[] = [];
  const proofs: (() => void)[] = [];
  const left = all.values();
  const began = performance.now();
  const work = async () => {
    for (const one of left) {
      const start = performance.now();
      proofs.push(await act(one));
      seconds.push((performance.now() - start) / 1000);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const wallSeconds = (performance.now() - began) / 1000;
  for (const prove of proofs) prove();
  return { seconds, wallSeconds };
}

type Known = Pick<Figures, 'case' | 'system' | 'rows' | 'note'>;

/** The median as its seconds, and how many a second all of them came to. */
export function figuresOfTimes({ note, ...known }: Known, { seconds, wallSeconds }: Times, atOnce: number): Figures {
  const sorted = seconds.toSorted((a, b) => a - b);
  const within = (share: number): string => {
    const ms = (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 1000;
    return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
  };
  const times = `half within ${within(0.5)}, 99 % within ${within(0.99)}, ${(seconds.length / wallSeconds).toFixed(0)} a second`;
  const about = `${known.system}: ${times}${atOnce > 1 ? `, ${atOnce} at once` : ''}`;
  return {
    ...known,
    bytes: 0,
    runs: seconds.length,
    wallSeconds: median(seconds),
    rowsPerSecond: Math.round(seconds.length / wallSeconds),
    note: note === undefined ? about : `${about}; ${note}`,
  };
}
