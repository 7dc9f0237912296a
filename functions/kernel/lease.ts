import { isPast } from './time.ts';

/** At most as long as the message of a killed attempt stays hidden (holding.ts): when that comes, the lease is over. */
export const LEASE_SECONDS = 40;
/** Three renewals may fail before the lease is over. */
export const RENEW_SECONDS = 10;

export const isLeased = ({ leaseUntil }: { readonly leaseUntil?: string | undefined }, now: string): boolean =>
  leaseUntil !== undefined && !isPast(leaseUntil, now);
