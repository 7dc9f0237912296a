import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { Precedent } from '../../../../schemas/contracts/views.ts';
import { filingOf, isFiled } from '../../../reading/agreement.ts';
import { versionOf } from '../../../reading/terms.ts';

/** The terms in force of an agreement that is filed and not over, with the moment at which they were filed. */
export function precedentOf(agreement: Agreement): Precedent | undefined {
  const { agreementId, resourceId, consumer, termsVersion } = agreement;
  const filing = filingOf(agreement);
  if (!isFiled(agreement) || !filing) return undefined;
  const { resourceVersion, terms } = versionOf(agreement);
  return { agreementId, resourceId, consumer, resourceVersion, termsVersion, filedAt: filing.at, terms };
}
