/** Seconds between two instants, to the millisecond; none where clocks of two machines disagree about which came first. */
export const secondsSince = (start: string, end: string): number =>
  Math.max(0, Date.parse(end) - Date.parse(start)) / 1000;
