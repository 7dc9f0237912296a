import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../../../schemas/contracts/derivations.ts';
import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { checkTerms } from '../terms/check-terms.ts';
import type { Moment } from '../moment.ts';
import { negotiate } from '../negotiation.ts';
import { withRoom } from '../room.ts';
import { termsVersionOf } from '../terms/terms.ts';
import { permit } from '../transitions.ts';

export interface Countered {
  readonly terms: Terms;
  /** The newest version. */
  readonly resource: ResourceVersion;
  /** What it inherits, where it is derived. */
  readonly inherited?: readonly InheritedTerms[];
}

/**
 * Other terms, by either party, pinned to the version that the resource has now. Before anything is in force they take
 * the place of those on the table; from then on they begin or replace an amendment, and what is in force stays so.
 */
export function counter(
  agreement: Agreement,
  by: Officer,
  { terms, resource, inherited }: Countered,
  { at, today }: Moment,
): Outcome<
  Agreement,
  'not-found' | 'not-a-party' | 'wrong-state' | 'sharing-refused' | 'invalid-terms' | 'negotiation-too-long'
> {
  const permitted = permit(agreement, 'counter', by);
  if (!permitted.ok) return permitted;
  const checked = checkTerms(terms, resource, today, inherited);
  if (!checked.ok) return checked;
  const termsVersion = 1 + Math.max(...agreement.terms.map(({ version }) => version));
  const pinned = { termsVersion, resourceVersion: resource.version };
  const added = termsVersionOf({ ...agreement, ...pinned }, terms, { by: by.department, at });
  return withRoom(
    negotiate(
      { ...agreement, terms: [...agreement.terms, added] },
      { at, by: by.department, action: 'counter' },
      { ...pinned, state: permitted.value, termsDigest: added.digest, signatures: [], approvals: [], consents: [] },
    ),
    by.department,
  );
}
