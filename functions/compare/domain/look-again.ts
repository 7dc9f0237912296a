import { COMPARISON_DAYS } from '../../../schemas/contracts/comparisons.ts';
import type { StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { after, millisecondsBetween } from '../../kernel/time.ts';

const MINUTE = 60_000;

/** When the sweeper looks (again) at what began at `since`: after as long a pause as has gone by, of 1 to 15 minutes. */
export const lookAfter = (since: string, now: string): string =>
  after(now, { milliseconds: Math.min(15 * MINUTE, Math.max(MINUTE, millisecondsBetween(since, now))) });

/** Until when a list that came at an instant waits for its approval and its run. */
export const patienceEnds = (receivedAt: string): string => after(receivedAt, { days: COMPARISON_DAYS });

/** A PUT that began before its URL expired may still be on its way: 2 GiB over a 2 Mbit/s line take 2.4 hours. */
const GRACE = { hours: 3 };

/** When nobody can be sending the list any more. */
export const sendingEnds = ({ expiresAt }: { readonly expiresAt: string }): string => after(expiresAt, GRACE);

/** The same comparison, looked at later; of one that needs no more looks, itself. */
export function postponed<C extends StoredComparison>(comparison: C, now: string): C {
  if (comparison.lookAgainAt === undefined) return comparison;
  const since = 'receivedAt' in comparison ? (comparison.receivedAt ?? comparison.announcedAt) : comparison.announcedAt;
  return { ...comparison, lookAgainAt: lookAfter(since, now) };
}
