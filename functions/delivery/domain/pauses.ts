import { millisecondsBetween, millisecondsOf, after } from '../../kernel/time.ts';
const MINUTE = millisecondsOf({ minutes: 1 });

/** A pass reads and writes at least so many bytes a millisecond; until then it is likely still under way. */
const PASS_SPEED = 20_000;

/** When the sweeper should first look at a delivery of a dataset of so many bytes: a minute, and the time of a slow pass. */
export const firstLook = (bytes: number, now: string): string =>
  after(now, { milliseconds: MINUTE + bytes / PASS_SPEED });

/** When to look again at a delivery whose agreement is suspended; the resumption does not wait for it. */
export const restUntil = (now: string): string => after(now, { hours: 1 });

/** Four times as long as the function that writes extracts may run. */
const WRITING = { hours: 1 };

/** When nobody can be writing an extract, or about to grant it, any more. */
export const writtenBy = (now: string): string => after(now, WRITING);

/**
 * When the sweeper should look (again) at something that began at `since`: after as long a pause as has gone by,
 * so at 1, 2, 4, 8 … minutes, with no pause longer than 30 minutes.
 */
export function lookAfter(since: string, now: string): string {
  const age = millisecondsBetween(since, now);
  return after(now, { milliseconds: Math.min(30 * MINUTE, Math.max(MINUTE, age)) });
}
