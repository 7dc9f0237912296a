import type { Agreement, TermsVersion } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId } from '../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { type Officer, mayRead } from '../../reading/oversight.ts';
import { findVersion } from '../../reading/terms.ts';
import { shownTo } from '../domain/shown.ts';
import type { ViewPorts } from './ports.ts';

export interface Chosen {
  readonly agreement: Agreement;
  readonly version: TermsVersion;
}

/** An agreement that the reader may know of, and those of its terms that are asked for. */
export async function chosenTerms(
  { agreements }: Pick<ViewPorts, 'agreements'>,
  reader: Officer,
  id: AgreementId,
  number?: number,
): Promise<Outcome<Chosen, 'not-found' | 'no-such-terms'>> {
  const agreement = (await agreements.find(id))?.value;
  if (!agreement || !mayRead(agreement, reader)) return refuse('not-found');
  const version = findVersion(agreement, number ?? agreement.termsVersion);
  return version ? done({ agreement: shownTo(agreement, reader), version }) : refuse('no-such-terms');
}

/** The resource version that some terms speak of: once published it stays. */
export async function pinnedVersion(
  { definitions }: Pick<ViewPorts, 'definitions'>,
  { agreement: { resourceId }, version: { resourceVersion } }: Chosen,
): Promise<ResourceVersion> {
  const pinned = await definitions.version(resourceId, resourceVersion);
  if (!pinned) throw new Fault(`version ${resourceVersion} of ${resourceId} is not there`);
  return pinned;
}
