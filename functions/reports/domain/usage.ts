import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import {
  UNFETCHED_NAMED,
  type UnusedGrant,
  type UnusedReason,
  type Usage,
} from '../../../schemas/contracts/reports.ts';
import type { StoredUse } from '../../../schemas/stored/reports.ts';
import { after } from '../../kernel/time.ts';
import { filingOf } from '../../reading/agreement.ts';
import { findVersion, termsOf } from '../../reading/terms.ts';
import { matchedBy } from '../../records/index.ts';

const daysBefore = (instant: string, days: number): string => after(instant, { days: -days });

/** When the authority filed the terms that are in force; undefined where it has not. */
const inForceSince = (agreement: Agreement): string | undefined => filingOf(agreement)?.at;

/** A delivery that went out; a request for one whose release is not counted yet says nothing by itself. */
type Released = StoredUse & { readonly releasedAt: string };

interface Asked {
  readonly days: number;
  readonly now: string;
}

/** What use was made of an agreement; `uses` newest delivery first. */
export function usageOf(agreement: Agreement, uses: readonly StoredUse[], { days, now }: Asked): Usage {
  const { agreementId, resourceId, provider, consumer, state, termsVersion } = agreement;
  const since = inForceSince(agreement);
  const released = uses.filter((use): use is Released => use.releasedAt !== undefined);
  const lastReleasedAt = released
    .map(({ releasedAt }) => releasedAt)
    .toSorted()
    .at(-1);
  const lastFetchedAt = uses
    .flatMap(({ fetchedAt }) => fetchedAt ?? [])
    .toSorted()
    .at(-1);
  return {
    agreementId,
    resourceId,
    provider,
    consumer,
    state,
    termsVersion,
    ...(since !== undefined && { inForceSince: since }),
    asOf: now,
    days,
    deliveries: released.length,
    fetched: uses.filter(({ fetchedAt }) => fetchedAt !== undefined).length,
    contentRequests: uses.reduce((all, { requests }) => all + requests, 0),
    receipts: uses.filter(({ receivedAt }) => receivedAt !== undefined).length,
    ...(lastReleasedAt !== undefined && { lastReleasedAt }),
    ...(lastFetchedAt !== undefined && { lastFetchedAt }),
    unfetched: unfetchedOf(released),
    fields: fieldsOf(agreement, termsVersion),
    unreadFields: unreadFields(agreement, uses, daysBefore(now, days)),
  };
}

function unfetchedOf(released: readonly Released[]): Usage['unfetched'] {
  const left = released.filter(({ fetchedAt }) => fetchedAt === undefined);
  const [oldest] = left.map(({ releasedAt }) => releasedAt).toSorted();
  return {
    count: left.length,
    ...(oldest !== undefined && { since: oldest }),
    deliveries: left.slice(0, UNFETCHED_NAMED).map(({ deliveryId, termsVersion, datasetVersion, releasedAt }) => ({
      deliveryId,
      termsVersion,
      datasetVersion,
      releasedAt,
    })),
  };
}

/** Given, or compared. */
function fieldsOf(agreement: Agreement, wanted: number): string[] {
  const terms = findVersion(agreement, wanted)?.terms;
  return terms ? [...new Set([...terms.fields, ...matchedBy(terms).map(({ field }) => field)])] : [];
}

/**
 * Fields of the terms in force that were in no delivery which was fetched since an instant. A delivery has all fields of
 * its terms, so what an amendment added is unread until a delivery under it is fetched.
 */
function unreadFields(agreement: Agreement, uses: readonly StoredUse[], since: string): string[] {
  const read = new Set(
    uses
      .filter(({ fetchedAt }) => fetchedAt !== undefined && fetchedAt >= since)
      .flatMap(({ termsVersion }) => fieldsOf(agreement, termsVersion)),
  );
  return fieldsOf(agreement, agreement.termsVersion).filter((field) => !read.has(field));
}

/** Was it in force long enough to be made use of? Younger ones are not judged, nor what is looked up and not delivered. */
export const isOldEnough = (agreement: Agreement, { days, now }: Asked): boolean => {
  const since = inForceSince(agreement);
  return (
    agreement.state === 'active' &&
    termsOf(agreement).mode !== 'lookup' &&
    since !== undefined &&
    since <= daysBefore(now, days)
  );
};

/** Settles that a grant is in use, whatever else was delivered: the terms in force were fetched lately. */
export const isInUse = (agreement: Agreement, use: StoredUse, { days, now }: Asked): boolean =>
  use.termsVersion === agreement.termsVersion && use.fetchedAt !== undefined && use.fetchedAt >= daysBefore(now, days);

/** A grant that was in force long enough and has fields which nobody read; undefined where it is in use. */
export function unusedGrant(agreement: Agreement, uses: readonly StoredUse[], asked: Asked): UnusedGrant | undefined {
  const usage = usageOf(agreement, uses, asked);
  if (!isOldEnough(agreement, asked) || usage.inForceSince === undefined || usage.unreadFields.length === 0)
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
    reason: reasonOf(usage),
    deliveries,
    unfetched: count,
    ...(since !== undefined && { unfetchedSince: since }),
    ...(lastFetchedAt !== undefined && { lastFetchedAt }),
    unreadFields: unread,
  };
}

function reasonOf({ deliveries, fetched, fields, unreadFields: unread }: Usage): UnusedReason {
  if (deliveries === 0) return 'nothing-delivered';
  if (fetched === 0) return 'never-fetched';
  return unread.length === fields.length ? 'not-fetched-lately' : 'fields-unread';
}
