import { setTimeout as pause } from 'node:timers/promises';
import { RefusedError } from '../../../protocol/refused.ts';
import { Failure } from '../../terminal/failure.ts';

export interface Patience {
  /** Pauses before the second, third … try, in ms; after the last one the fault goes on. */
  readonly pauses: readonly number[];
  readonly signal: AbortSignal;
}

/** About a minute and a half in all: a restart of the hub or of a network's router is no reason to give up. */
export const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];

/** Tries again after faults; what the hub refused, and what a person has to mend, is final. */
export async function persist<T>(work: (tries: number) => Promise<T>, { pauses, signal }: Patience): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await work(tries);
    } catch (fault) {
      const wait = pauses[tries];
      if (wait === undefined || isFinal(fault) || signal.aborted) throw fault;
      await pause(wait, undefined, { signal });
    }
  }
}

/** 429 and 5xx pass; API Gateway answers both for reasons of its own. */
const isFinal = (fault: unknown): boolean =>
  fault instanceof Failure ||
  (fault instanceof RefusedError && fault.problem.status < 500 && fault.problem.status !== 429);
