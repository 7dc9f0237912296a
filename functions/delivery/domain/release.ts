import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDelivery, StoredReleasePlan } from '../../../schemas/stored/delivery.ts';
import { dayIn, startOfDay, after } from '../../kernel/time.ts';
import { validityOf } from '../../reading/agreement.ts';
import { activationOf } from '../../reading/activation.ts';
import { latestMoment, nextMoment } from '../../kernel/calendar.ts';
import { deliveryTermsOf } from './delivery-terms.ts';
import { startOf } from './start.ts';

/** A plan of a suspended agreement is looked at again after this long; its resumption looks at it at once. */
const SUSPENDED = { hours: 1 };
/** A plan of an earlier coming into force is left to whoever reacts to the later one, and looked at again after this long. */
const REPLACED = { minutes: 1 };

const later = (nextAt: string): ReleaseDecision => ({ kind: 'later', nextAt });

/** What a release plan says: `opening` waits for the first day of validity, the others for a moment of the frequency. */
export interface Awaited {
  readonly termsVersion: number;
  /** The coming into force that it was begun for; 0: not known. */
  readonly activation: number;
  readonly opening: boolean;
}

/** Where a plan stands: `nextAt` is an instant. */
export interface Awaiting extends Awaited {
  readonly nextAt: string;
}

export type ReleaseDecision =
  /** Nothing will come of this plan any more. */
  | { readonly kind: 'end' }
  /** The first day of validity lies ahead, somebody suspends the agreement, or it came into force anew. */
  | { readonly kind: 'later'; readonly nextAt: string }
  /** The first day has come: the dataset that the agreement begins with is due; the plan goes on at `nextAt`, or ends. */
  | { readonly kind: 'open'; readonly nextAt: string | undefined }
  /** The dataset that was newest at `upTo` is due, unless it went out already; the plan goes on at `nextAt`. */
  | { readonly kind: 'release'; readonly upTo: string; readonly nextAt: string };

/**
 * What a plan whose time has come leads to. After missed periods the newest moment alone counts, so the newest
 * dataset goes out once. On the opening day the dataset of that moment goes out whatever the frequency.
 */
export function decideRelease(
  plan: Awaited,
  agreement: Agreement | undefined,
  timeZone: string,
  now: string,
): ReleaseDecision {
  if (!agreement || agreement.termsVersion !== plan.termsVersion) return { kind: 'end' };
  const validity = validityOf(agreement, dayIn(timeZone, now));
  if (validity === 'ended') return { kind: 'end' };
  if (validity === 'suspended') return later(after(now, SUSPENDED));
  if (plan.activation > 0 && plan.activation !== activationOf(agreement)?.number) return later(after(now, REPLACED));
  const { frequency, at, validFrom } = deliveryTermsOf(agreement);
  if (validity === 'early') return { kind: 'later', nextAt: startOfDay(validFrom, timeZone) };
  if (frequency === 'on-arrival') return { kind: 'open', nextAt: undefined };
  if (plan.opening)
    return { kind: 'open', nextAt: nextMoment(frequency, at, timeZone, startOf(agreement, timeZone).at) };
  return {
    kind: 'release',
    upTo: latestMoment(frequency, at, timeZone, now),
    nextAt: nextMoment(frequency, at, timeZone, now),
  };
}

/**
 * The plan that an activation leaves behind: none for an agreement that follows every arrival from today on.
 * It stays until validity is over, also where no moment lies ahead: a repeated activation meets it and sends nothing.
 */
export function planFrom(agreement: Agreement, timeZone: string, now: string): Awaiting | undefined {
  const { frequency, at, validFrom } = deliveryTermsOf(agreement);
  const begun = { termsVersion: agreement.termsVersion, activation: activationOf(agreement)?.number ?? 0 };
  if (validityOf(agreement, dayIn(timeZone, now)) === 'early')
    return { ...begun, opening: true, nextAt: startOfDay(validFrom, timeZone) };
  if (frequency === 'on-arrival') return undefined;
  // From the act on, not from now: a moment that has passed by the time of this reaction is made good.
  return { ...begun, opening: false, nextAt: nextMoment(frequency, at, timeZone, startOf(agreement, timeZone).at) };
}

/** What has gone out under a plan. */
export type Had = Pick<StoredReleasePlan, 'lastDatasetVersion' | 'lastDelivered'>;

/** What a plan takes over from the one before it: everything under the same terms, nothing under others. */
export function hadUnder(earlier: StoredReleasePlan | undefined, termsVersion: number): Had {
  if (earlier?.termsVersion !== termsVersion) return { lastDatasetVersion: 0, lastDelivered: 0 };
  const { lastDatasetVersion, lastDelivered } = earlier;
  return { lastDatasetVersion, lastDelivered };
}

/** What a plan knows more once a delivery was planned: one that is void from the start is no base for changes. */
export function hasHad(delivery: StoredDelivery | undefined): Partial<Had> {
  if (!delivery) return {};
  const { datasetVersion, state } = delivery;
  return { lastDatasetVersion: datasetVersion, ...(state !== 'void' && { lastDelivered: datasetVersion }) };
}

/** What the next delivery's changes are since: what went out last; nothing where the whole is to be delivered. */
export const baseFor = ({ lastDelivered }: Had, agreement: Agreement): number | undefined =>
  deliveryTermsOf(agreement).content === 'changes' && lastDelivered > 0 ? lastDelivered : undefined;
