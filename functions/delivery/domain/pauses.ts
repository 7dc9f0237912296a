const MINUTE = 60_000;

/** A pass reads and writes at least so many bytes a millisecond; until then it is likely still under way. */
const PASS_SPEED = 20_000;

/** When the sweeper should first look at a delivery of a dataset of so many bytes: a minute, and the time of a slow pass. */
export const firstLook = (bytes: number, now: string): string =>
  new Date(Date.parse(now) + MINUTE + bytes / PASS_SPEED).toISOString();

/** When to look again at a delivery whose agreement is suspended; the resumption does not wait for it. */
export const restUntil = (now: string): string => new Date(Date.parse(now) + 60 * MINUTE).toISOString();

/** Four times as long as the function that writes extracts may run. */
const WRITING = 60 * MINUTE;

/** When nobody can be writing an extract, or about to grant it, any more. */
export const writtenBy = (now: string): string => new Date(Date.parse(now) + WRITING).toISOString();

/**
 * When the sweeper should look (again) at something that began at `since`: after as long a pause as has gone by,
 * so at 1, 2, 4, 8 … minutes, with no pause longer than 30 minutes.
 */
export function lookAfter(since: string, now: string): string {
  const age = Date.parse(now) - Date.parse(since);
  return new Date(Date.parse(now) + Math.min(30 * MINUTE, Math.max(MINUTE, age))).toISOString();
}
