/** What a department may call of the API: a token bucket of `atOnce` tokens into which `callsPerSecond` fall. */
export interface Share {
  readonly callsPerSecond: number;
  readonly atOnce: number;
}

/**
 * The bucket as one moment (the generic cell rate algorithm, ITU-T I.371, annex A): each call uses up so much of a
 * department's time, and no call is taken that would use up more than a full bucket ahead of now. A moment, unlike a count
 * of tokens, needs nobody who refills it, and can be moved on in one conditional write. In whole microseconds since 1970,
 * so that sums are exact wherever they are made.
 */
export type UsedUpTo = number;

/** What one call uses up; cut, so that who keeps to the rate is never refused. */
export const spacingOf = ({ callsPerSecond }: Share): number => Math.floor(1_000_000 / callsPerSecond);

/** Used up to any later moment, the share takes no call now. */
export const latestOf = (share: Share, now: UsedUpTo): UsedUpTo => now + (share.atOnce - 1) * spacingOf(share);

export const momentOf = (at: string): UsedUpTo => Date.parse(at) * 1_000;

export type Taken = { readonly granted: true } | { readonly granted: false; readonly waitMs: number };

/** Whether a call is taken now, and up to when the share is then used; undefined stands for a department at rest. */
export function take(
  share: Share,
  usedUpTo: UsedUpTo | undefined,
  now: UsedUpTo,
): Taken & { readonly usedUpTo: UsedUpTo } {
  const used = Math.max(usedUpTo ?? now, now);
  const wait = used - latestOf(share, now);
  return wait > 0
    ? { granted: false, waitMs: wait / 1_000, usedUpTo: used }
    : { granted: true, usedUpTo: used + spacingOf(share) };
}

/** `retry-after` of RFC 9110 (section 10.2.3) has whole seconds. */
export const retryAfterOf = (waitMs: number): number => Math.max(1, Math.ceil(waitMs / 1_000));
