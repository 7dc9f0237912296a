/** The instant some seconds after another, both UTC as the hub writes them. */
export const after = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

export const secondsBetween = (earlier: string, later: string): number =>
  (Date.parse(later) - Date.parse(earlier)) / 1000;

export const isPast = (instant: string, now: string): boolean => Date.parse(instant) <= Date.parse(now);
