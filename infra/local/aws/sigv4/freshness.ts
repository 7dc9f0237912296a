import type { Principal } from '../contracts.ts';
import type { Claim } from './credential.ts';

export interface Stale {
  readonly code: 'RequestTimeTooSkewed' | 'AccessDenied';
  readonly message: string;
}

/** S3 and IAM User Guides: a request is refused when its time is more than 15 minutes from the server's. */
const MAX_SKEW_MS = 15 * 60_000;

/** The clocks by which a signature may be of this time. */
export interface Times {
  readonly hub: Date;
  /** The hub's, as if its latest steps had not been: what was running then lives by these. */
  readonly before: readonly Date[];
  readonly real: Date;
}

/**
 * The time by which the claim is fresh. Functions live by the hub's clock, the running ones by what it was when they
 * began; a department's machine does not move with it, so that its signatures are good by either clock. What was
 * presigned expires by the clock as it is.
 */
export function freshness(claim: Claim, principal: Principal, { hub, before, real }: Times): Date | Stale {
  const times = [hub, ...(claim.presigned ? [] : before), ...(principal.kind === 'department' ? [real] : [])];
  const judged = times.map((time) =>
    claim.presigned ? presignedAt(claim, time.getTime()) : signedAt(claim, time.getTime()),
  );
  return times[judged.indexOf(undefined)] ?? judged.at(-1)!;
}

function signedAt(claim: Claim, now: number): Stale | undefined {
  if (Math.abs(now - timeOf(claim.timestamp)) <= MAX_SKEW_MS) return undefined;
  return {
    code: 'RequestTimeTooSkewed',
    message: 'The difference between the request time and the current time is too large.',
  };
}

function presignedAt(claim: Claim, now: number): Stale | undefined {
  const signed = timeOf(claim.timestamp);
  if (signed > now + MAX_SKEW_MS) return { code: 'AccessDenied', message: 'Request is not yet valid' };
  if (now > signed + (claim.expiresIn ?? 0) * 1000) return { code: 'AccessDenied', message: 'Request has expired' };
  return undefined;
}

/** Milliseconds since 1970 of `YYYYMMDDTHHMMSSZ`; NaN (which is never fresh) of an impossible date. */
function timeOf(timestamp: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
