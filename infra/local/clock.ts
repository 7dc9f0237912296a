import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './files.ts';

/** The hub's time: real time plus an offset that only grows and outlives a restart. */
export interface HubClock {
  readonly now: () => Date;
  /** What time it would be without the steps of the last quarter of an hour: what began before one goes on by that. */
  readonly before: () => readonly Date[];
  /** Milliseconds ahead of real time. */
  readonly offset: () => number;
  /** @throws RangeError for a step backwards or past the year 9999. */
  readonly advance: (milliseconds: number) => void;
  /** Called after every step. */
  readonly onAdvance: (listener: () => void) => void;
}

/** As long as a function may run, and as a signature is good for. */
const STEP_MS = 15 * 60_000;

const END_OF_TIME = Date.parse('9999-12-31T00:00:00Z');

export function hubClock(dataDir: string): HubClock {
  const file = join(dataDir, 'clock.json');
  let offset = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { aheadMs: number }).aheadMs : 0;
  const listeners: (() => void)[] = [];
  let left: { readonly offset: number; readonly until: number }[] = [];
  return {
    now: () => new Date(Date.now() + offset),
    before: () => {
      left = left.filter(({ until }) => until > performance.now());
      return left.map((each) => new Date(Date.now() + each.offset));
    },
    offset: () => offset,
    advance: (milliseconds) => {
      if (!(milliseconds >= 0)) throw new RangeError('the clock moves forward only');
      if (Date.now() + offset + milliseconds > END_OF_TIME) throw new RangeError('the clock ends with the year 9999');
      left.push({ offset, until: performance.now() + STEP_MS });
      offset += milliseconds;
      replaceFile(file, JSON.stringify({ aheadMs: offset }));
      for (const listener of listeners) listener();
    },
    onAdvance: (listener) => void listeners.push(listener),
  };
}
