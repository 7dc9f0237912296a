import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { UnusedGrant, UnusedReason, Usage } from '../../../schemas/contracts/reports.ts';
import type { StoredAsked, StoredUse } from '../../../schemas/stored/reports.ts';
import { daysBefore, inForceSince, isAsked, usageOf, usedAt, type Judging, type Uses } from './usage.ts';

/** Was it in force long enough to be made use of? Younger ones are not judged. */
export const isOldEnough = (agreement: Agreement, { days, now }: Judging): boolean => {
  const since = inForceSince(agreement);
  return agreement.state === 'active' && since !== undefined && since <= daysBefore(now, days);
};

/** Settles that a grant is in use, whatever else was delivered or asked: so were the terms in force lately. */
export const isInUse = (agreement: Agreement, use: StoredUse | StoredAsked, { days, now }: Judging): boolean =>
  use.termsVersion === agreement.termsVersion && usedAt(use) >= daysBefore(now, days);

/** A grant that was in force long enough and has fields which nobody read; undefined where it is in use. */
export function unusedGrant(agreement: Agreement, uses: Uses, judging: Judging): UnusedGrant | undefined {
  const usage = usageOf(agreement, uses, judging);
  if (!isOldEnough(agreement, judging) || usage.inForceSince === undefined || usage.unreadFields.length === 0)
    return undefined;
  const {
    agreementId,
    resourceId,
    provider,
    consumer,
    termsVersion,
    deliveries,
    lastFetchedAt,
    unreadFields: unread,
  } = usage;
  const { count, since } = usage.unfetched;
  return {
    agreementId,
    resourceId,
    provider,
    consumer,
    termsVersion,
    inForceSince: usage.inForceSince,
    reason: isAsked(agreement) ? reasonOfAsked(usage) : reasonOf(usage),
    deliveries,
    unfetched: count,
    ...(since !== undefined && { unfetchedSince: since }),
    ...(lastFetchedAt !== undefined && { lastFetchedAt }),
    ...(usage.asked?.lastAskedAt !== undefined && { lastAskedAt: usage.asked.lastAskedAt }),
    unreadFields: unread,
  };
}

function reasonOf({ deliveries, fetched, fields, unreadFields: unread }: Usage): UnusedReason {
  if (deliveries === 0) return 'nothing-delivered';
  if (fetched === 0) return 'never-fetched';
  return unread.length === fields.length ? 'not-fetched-lately' : 'fields-unread';
}

/** Of what is looked up or compared: an answer is had with the asking, the result of a comparison once it is asked for. */
function reasonOfAsked({ asked, fields, unreadFields: unread }: Usage): UnusedReason {
  if (asked?.lastAskedAt === undefined) return 'never-asked';
  if (asked.lastUsedAt === undefined) return 'never-fetched';
  return unread.length === fields.length ? 'not-asked-lately' : 'fields-unread';
}
