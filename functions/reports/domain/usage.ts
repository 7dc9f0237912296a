import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { UNFETCHED_NAMED, type Usage } from '../../../schemas/contracts/reports.ts';
import type { StoredAsked, StoredUse } from '../../../schemas/stored/reports.ts';
import { after } from '../../kernel/time.ts';
import { filingOf } from '../../reading/agreement.ts';
import { findVersion, termsOf } from '../../reading/terms.ts';
import { matchedBy } from '../../records/index.ts';
import { sumOfAsked } from './asked.ts';
import { later } from './uses.ts';

export const daysBefore = (instant: string, days: number): string => after(instant, { days: -days });

/** When the authority filed the terms that are in force; undefined where it has not. */
export const inForceSince = (agreement: Agreement): string | undefined => filingOf(agreement)?.at;

/** A delivery that went out; a request for one whose release is not counted yet says nothing by itself. */
type Released = StoredUse & { readonly releasedAt: string };

export interface Judging {
  readonly days: number;
  readonly now: string;
}

/** All that is counted of an agreement: `uses` newest delivery first, `asked` newest month first. */
export interface Uses {
  readonly uses: readonly StoredUse[];
  readonly asked: readonly StoredAsked[];
}

/** What use was made of an agreement. */
export function usageOf(agreement: Agreement, { uses, asked }: Uses, { days, now }: Judging): Usage {
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
    ...((isAsked(agreement) || asked.length > 0) && { asked: askedIn(asked) }),
    fields: fieldsOf(agreement, termsVersion),
    unreadFields: unreadFields(agreement, [...uses, ...asked], daysBefore(now, days)),
  };
}

/** Whether its terms let something be asked, and nothing comes of itself. */
export const isAsked = (agreement: Agreement): boolean => termsOf(agreement).mode !== 'delivery';

function askedIn(asked: readonly StoredAsked[]): NonNullable<Usage['asked']> {
  const latest = (moment: (one: StoredAsked) => string | undefined) => asked.map(moment).reduce(later, undefined);
  const [lastAskedAt, lastUsedAt] = [latest(({ askedAt }) => askedAt), latest(({ usedAt }) => usedAt)];
  return {
    ...sumOfAsked(asked),
    results: asked.reduce((all, { results }) => all + results, 0),
    resultRequests: asked.reduce((all, { requests }) => all + requests, 0),
    ...(lastAskedAt !== undefined && { lastAskedAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
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

/** When last use was made of a delivery, or of what was asked in a month. */
export const usedAt = (use: StoredUse | StoredAsked): string => ('month' in use ? use.usedAt : use.fetchedAt) ?? '';

/**
 * Fields of the terms in force of which no use was made since an instant. A delivery has all fields of its terms, and an
 * answer is given by all of them, so what an amendment added is unread until something under it is fetched or asked.
 */
function unreadFields(agreement: Agreement, uses: readonly (StoredUse | StoredAsked)[], since: string): string[] {
  const read = new Set(
    uses.filter((use) => usedAt(use) >= since).flatMap(({ termsVersion }) => fieldsOf(agreement, termsVersion)),
  );
  return fieldsOf(agreement, agreement.termsVersion).filter((field) => !read.has(field));
}
