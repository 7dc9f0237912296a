import type { Principal } from '../contracts.ts';
import type { Claim } from './credential.ts';

export interface Stale {
  readonly code: 'RequestTimeTooSkewed' | 'AccessDenied';
  readonly message: string;
}

/** S3 and IAM User Guides: a request is refused when its time is more than 15 minutes from the server's. */
const MAX_SKEW_MS = 15 * 60_000;

/**
 * Whether the claim is of this time. Functions live by the hub's clock; a department's machine does not move with it,
 * so that its signatures are good by either clock.
 */
export function freshness(claim: Claim, principal: Principal, hubTime: Date, realTime: Date): Stale | undefined {
  const refusals = (principal.kind === 'department' ? [hubTime, realTime] : [hubTime]).map((now) =>
    claim.presigned ? presignedAt(claim, now.getTime()) : signedAt(claim, now.getTime()),
  );
  return refusals.includes(undefined) ? undefined : refusals.at(-1);
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
