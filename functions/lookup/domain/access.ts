import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { LookupTerms } from '../../../schemas/contracts/terms.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { isInForce } from '../../reading/agreement.ts';
import { mayRead, type Officer } from '../../reading/oversight.ts';
import { versionOf } from '../../reading/terms.ts';

/** An agreement under which its consumer may look up today. */
export interface Granted {
  readonly agreement: Agreement;
  readonly terms: LookupTerms;
  /** The resource version that the terms speak of. */
  readonly resourceVersion: number;
}

/** @param today - `YYYY-MM-DD`, in the hub's time zone */
export function mayLookUp(
  agreement: Agreement | undefined,
  by: Officer,
  today: string,
): Outcome<Granted, 'not-found' | 'not-the-consumer' | 'other-mode' | 'agreement-not-active'> {
  if (!agreement || !mayRead(agreement, by)) return refuse('not-found');
  if (by.department !== agreement.consumer) return refuse('not-the-consumer', onlyItsConsumer);
  const { terms, resourceVersion } = versionOf(agreement);
  if (terms.mode !== 'lookup') return refuse('other-mode');
  if (!isInForce(agreement, today)) return refuse('agreement-not-active', notToday);
  return done({ agreement, terms, resourceVersion });
}

const onlyItsConsumer = { detail: 'Only the consumer of this agreement looks up under it.' };
const notToday = {
  detail: 'The agreement is not in force today, so nothing can be looked up under it.',
};
