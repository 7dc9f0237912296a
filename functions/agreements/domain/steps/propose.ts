import type { Agreement, HistoryEntry } from '../../../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../../../schemas/contracts/derivations.ts';
import type { AgreementId, DemandId, DepartmentId, SchemeId } from '../../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import { findDepartment } from '../../../../schemas/registry/departments.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { asked, neededFor } from '../consents.ts';
import { consumerProblems } from '../consumer.ts';
import { checkTerms } from '../terms/check-terms.ts';
import type { Moment } from '../moment.ts';
import { termsVersionOf } from '../terms/terms.ts';

export interface Proposal {
  readonly agreementId: AgreementId;
  /** The newest version of the resource. */
  readonly resource: ResourceVersion;
  /** Takes no new agreements. */
  readonly isRetired?: boolean;
  /** Who is to have the data: the provider names another department, everybody else itself. */
  readonly consumer: DepartmentId;
  readonly terms: Terms;
  readonly demandId?: DemandId | undefined;
  readonly scheme?: SchemeId | undefined;
  /** What the resource inherits, where it is derived. */
  readonly inherited?: readonly InheritedTerms[];
  /** The provider's standing offer accepts such terms of a consumer at once. */
  readonly withinOffer?: boolean;
}

type NotProposed = 'not-the-provider' | 'resource-retired' | 'own-resource' | 'sharing-refused' | 'invalid-terms';

/** The first word of one of the parties: terms on the provider's resource for the consumer, pinned to the version it has now. */
export function propose(proposal: Proposal, by: Officer, moment: Moment): Outcome<Agreement, NotProposed> {
  const { consumer, resource, terms, inherited = [], withinOffer = false, ...rest } = proposal;
  const permitted = mayPropose(proposal, by, moment);
  if (!permitted.ok) return permitted;
  const checked = checkTerms(terms, resource, moment.today, inherited);
  if (!checked.ok) return checked;

  const { resourceId, provider } = resource;
  const { agreementId, demandId, scheme } = rest;
  const identity = { agreementId, resourceId, resourceVersion: resource.version, provider, consumer, termsVersion: 1 };
  const first = termsVersionOf(identity, terms, { by: by.department, at: moment.at });
  const isAccepted = withinOffer && by.department === consumer;
  return done({
    ...identity,
    state: isAccepted ? 'agreed' : 'proposed',
    termsDigest: first.digest,
    terms: [first],
    signatures: [],
    approvals: [],
    consents: isAccepted ? asked(neededFor(terms, inherited, { provider, consumer })) : [],
    suspensions: [],
    ...(demandId !== undefined && { demandId }),
    ...(scheme !== undefined && { scheme }),
    history: beginning(moment.at, by, isAccepted ? provider : undefined),
  });
}

/** Whether this department may begin an agreement with that consumer on the resource at all. */
function mayPropose(
  { resource, isRetired = false, consumer }: Proposal,
  by: Officer,
  { today }: Moment,
): Outcome<undefined, NotProposed> {
  const { provider } = resource;
  if (by.department !== provider && by.department !== consumer) return refuse('not-the-provider');
  if (isRetired) return refuse('resource-retired');
  if (consumer === provider) return refuse('own-resource', { violations: [notItself] });
  // A caller is known by its role.
  const violations = by.department === consumer ? [] : consumerProblems(findDepartment(consumer), today);
  return violations.length > 0 ? refuse('invalid-terms', { violations }) : done(undefined);
}

const notItself = {
  path: '/consumer',
  rule: 'own-resource',
  message: 'a provider names the department that is to have the data',
};

/** A standing offer accepts in the provider's name, in the same act. */
function beginning(at: string, { department }: Officer, offering: DepartmentId | undefined): HistoryEntry[] {
  const proposed: HistoryEntry = { at, by: department, action: 'propose', termsVersion: 1 };
  if (offering === undefined) return [proposed];
  return [proposed, { at, by: offering, action: 'accept', termsVersion: 1, byOffer: true }];
}
