import type { Agreement, HistoryEntry } from '../../../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../../../schemas/contracts/derivations.ts';
import type { AgreementId, DemandId, SchemeId } from '../../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { asked, neededFor } from '../consents.ts';
import { checkTerms } from '../terms/check-terms.ts';
import type { Moment } from '../moment.ts';
import { termsVersionOf } from '../terms/terms.ts';

export interface Proposal {
  readonly agreementId: AgreementId;
  /** The newest version of the resource. */
  readonly resource: ResourceVersion;
  readonly terms: Terms;
  readonly demandId?: DemandId | undefined;
  readonly scheme?: SchemeId | undefined;
  /** What the resource inherits, where it is derived. */
  readonly inherited?: readonly InheritedTerms[];
  /** The provider's standing offer accepts such terms at once. */
  readonly withinOffer?: boolean;
}

/** A consumer's first word: terms on another department's resource, pinned to the version it has now. */
export function propose(
  proposal: Proposal,
  by: Officer,
  { at, today }: Moment,
): Outcome<Agreement, 'own-resource' | 'sharing-refused' | 'invalid-terms'> {
  const { agreementId, resource, terms, demandId, scheme, inherited, withinOffer = false } = proposal;
  const { resourceId, provider } = resource;
  if (provider === by.department) return refuse('own-resource');
  const checked = checkTerms(terms, resource, today, inherited);
  if (!checked.ok) return checked;

  const consumer = by.department;
  const identity = { agreementId, resourceId, resourceVersion: resource.version, provider, consumer, termsVersion: 1 };
  const first = termsVersionOf(identity, terms, { by: consumer, at });
  const history: HistoryEntry[] = [{ at, by: consumer, action: 'propose', termsVersion: 1 }];
  if (withinOffer) history.push({ at, by: provider, action: 'accept', termsVersion: 1, byOffer: true });
  return done({
    ...identity,
    state: withinOffer ? 'agreed' : 'proposed',
    termsDigest: first.digest,
    terms: [first],
    signatures: [],
    approvals: [],
    consents: withinOffer ? asked(neededFor(terms, inherited ?? [], { provider, consumer })) : [],
    suspensions: [],
    ...(demandId !== undefined && { demandId }),
    ...(scheme !== undefined && { scheme }),
    history,
  });
}
