import type { AgreementImpact, Comparison, JudgedChange } from '../../../schemas/contracts/compatibility.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { breakage } from './change-words.ts';
import { verdictOf } from './policy.ts';

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
