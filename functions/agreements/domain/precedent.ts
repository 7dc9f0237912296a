import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Precedent } from '../../../schemas/contracts/views.ts';
import { versionOf } from './terms.ts';

/** The terms in force of an agreement that is filed and not over, with the moment at which they were filed. */
export function precedentOf(agreement: Agreement): Precedent | undefined {
  const { agreementId, resourceId, consumer, state, termsVersion, history } = agreement;
  const filing = history.findLast((entry) => entry.action === 'file' && entry.termsVersion === termsVersion);
  if ((state !== 'active' && state !== 'suspended') || !filing) return undefined;
  const { resourceVersion, terms } = versionOf(agreement, termsVersion);
  return { agreementId, resourceId, consumer, resourceVersion, termsVersion, filedAt: filing.at, terms };
}
