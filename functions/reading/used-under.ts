import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { isInForce } from './agreement.ts';
import { mayRead, type Officer } from './oversight.ts';
import { versionOf } from './terms.ts';

/** An agreement under which its consumer may ask today, by terms of the mode that it asks by. */
export interface UsedUnder<T extends Terms> {
  readonly agreement: Agreement;
  readonly terms: T;
  /** The resource version that the terms speak of. */
  readonly resourceVersion: number;
}

export type NotUsed = 'not-found' | 'not-the-consumer' | 'other-mode' | 'agreement-not-active';

/** @param today - `YYYY-MM-DD`, in the hub's time zone */
export function usedUnder<T extends Terms>(
  agreement: Agreement | undefined,
  by: Officer,
  today: string,
  isMeant: (terms: Terms) => terms is T,
): Outcome<UsedUnder<T>, NotUsed> {
  if (!agreement || !mayRead(agreement, by)) return refuse('not-found');
  if (by.department !== agreement.consumer) return refuse('not-the-consumer');
  const { terms, resourceVersion } = versionOf(agreement);
  if (!isMeant(terms)) return refuse('other-mode');
  if (!isInForce(agreement, today)) return refuse('agreement-not-active', notToday);
  return done({ agreement, terms, resourceVersion });
}

const notToday = { detail: 'The agreement is not in force today, so nothing can be asked under it.' };

/** Whether terms are of a mode. */
export const ofMode =
  <M extends Terms['mode']>(mode: M) =>
  (terms: Terms): terms is Extract<Terms, { readonly mode: M }> =>
    terms.mode === mode;
