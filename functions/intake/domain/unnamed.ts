import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { activationOf } from '../../reading/activation.ts';
import { isFiled } from '../../reading/agreement.ts';
import { after, isPast } from '../../kernel/time.ts';

/** Days beyond those for which anything may be fetched: pictures come before the rows that name them, results a little late. */
const UNNAMED_DAYS = 30;

/** How often it is looked which pictures no record names. */
export const LOOK_EVERY = { days: 7 };

/** What has been given of a resource may be fetched so long. */
export interface Given {
  /** The longest that terms of an agreement which is not over let it be kept. */
  readonly retainDays: number;
  /** The last time that one came into force: what was planned before it goes out only then. */
  readonly activeSince?: string | undefined;
  /** One is suspended: what waits for its end names nobody knows what. */
  readonly isSuspended: boolean;
}

export const nothingGiven: Given = { retainDays: 0, isSuspended: false };

/** With an agreement on the resource. */
export function givenWith(given: Given, agreement: Agreement): Given {
  if (!isFiled(agreement)) return given;
  const since = activationOf(agreement)?.at;
  const [latest] = [given.activeSince, since].filter((at) => at !== undefined).toSorted((a, b) => (a < b ? 1 : -1));
  return {
    retainDays: Math.max(given.retainDays, ...agreement.terms.map(({ terms }) => terms.duties.disposal.retainDays)),
    activeSince: latest,
    isSuspended: given.isSuspended || agreement.state === 'suspended',
  };
}

/** Whether nothing leads any more to a picture that no dataset in force has named since then. */
export function isDisposable(
  unnamedSince: string,
  { retainDays, activeSince, isSuspended }: Given,
  now: string,
): boolean {
  const since = activeSince !== undefined && activeSince > unnamedSince ? activeSince : unnamedSince;
  return !isSuspended && isPast(after(since, { days: retainDays + UNNAMED_DAYS }), now);
}
