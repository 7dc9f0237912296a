import type { AgreementImpact, Comparison, JudgedChange } from '../../../schemas/contracts/compatibility.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { BreakingMark } from '../../../schemas/contracts/resources.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { breakage } from './change-words.ts';
import { verdictOf } from './policy.ts';

/** A mark is one stored item (DynamoDB holds 400 KB an item); names take their share of this many bytes. */
const MAX_MARK_BYTES = 240_000;

/** What breaks needs the publisher's word for it; without it, all that is to be known before it is given. */
export function gate(comparison: Comparison, accepted: boolean): Outcome<undefined, 'breaking-change'> {
  if (comparison.verdict !== 'breaking' || accepted) return done(undefined);
  const concerning = comparison.changes.filter((change) => verdictOf(change) !== 'compatible');
  const violations = [
    ...concerning.filter((change) => verdictOf(change) === 'breaking').map(changeViolation),
    ...concerning.filter((change) => verdictOf(change) === 'notify').map(changeViolation),
    ...broken(comparison).map(agreementViolation),
  ];
  return refuse('breaking-change', { violations });
}

const broken = ({ agreements }: Comparison): readonly AgreementImpact[] =>
  agreements.filter(({ verdict }) => verdict === 'breaking');

const changeViolation = (change: JudgedChange): Violation => ({
  path: change.path,
  rule: change.kind,
  message: `${change.message}: ${breakage(change)}`,
});

function agreementViolation({
  agreementId,
  consumer,
  termsVersion,
  inForce,
  fields,
  kinds,
}: AgreementImpact): Violation {
  const lost = fields.length > 0 ? `the fields ${fields.join(', ')}` : kinds.join(', ');
  return {
    path: `/agreements/${agreementId}`,
    rule: inForce ? 'agreement-broken' : 'negotiation-broken',
    message: `breaks terms version ${termsVersion} with ${consumer}: ${lost}`,
  };
}

/** Which terms in force the version breaks, for the agreements' own clock; undefined where it breaks none. */
export function markOf(comparison: Comparison, graceUntil: string): BreakingMark | undefined {
  const affected = broken(comparison).filter(({ inForce }) => inForce);
  if (affected.length === 0) return undefined;
  const share = MAX_MARK_BYTES / affected.length;
  return {
    resourceId: comparison.resourceId,
    resourceVersion: comparison.resourceVersion + 1,
    graceUntil,
    affected: affected.map(({ agreementId, termsVersion, fields }) => ({
      agreementId,
      termsVersion,
      fields: within(share, fields),
    })),
  };
}

/** The first names that together stay within so many bytes. */
function within(bytes: number, names: readonly string[]): string[] {
  let left = bytes;
  return names.filter((name) => (left -= new TextEncoder().encode(name).length + 4) >= 0);
}
