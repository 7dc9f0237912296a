import type { Agreement, Amendment } from '../../../../schemas/contracts/agreements.ts';
import { officerOf } from '../../../kernel/officer.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { negotiate, negotiationOf } from '../negotiation.ts';
import { permit } from '../transitions.ts';

/** Who signs for a department, and how many officers the registry asks it for. */
export interface Signatory extends Officer {
  /** The role session's name. */
  readonly session: string;
  readonly approvers: 1 | 2;
}

/**
 * Each party signs the terms once, naming their digest; with the last signature they are signed. Where a party signs with
 * two officers, the first one's call is an approval (`approve`) and another officer's completes the signature; each of them
 * has to be known by name.
 */
export function sign(
  agreement: Agreement,
  by: Signatory,
  named: { readonly termsVersion: number; readonly termsDigest: string },
  at: string,
): Outcome<
  Agreement,
  | 'not-found'
  | 'not-a-party'
  | 'wrong-state'
  | 'already-signed'
  | 'already-approved'
  | 'officer-unknown'
  | 'terms-changed'
  | 'digest-differs'
> {
  const permitted = permit(agreement, 'sign', by);
  if (!permitted.ok) return permitted;
  const negotiation = negotiationOf(agreement);
  const { department } = by;
  if (negotiation.signatures.includes(department)) return refuse('already-signed');
  if (named.termsVersion !== negotiation.termsVersion) return refuse('terms-changed');
  if (named.termsDigest !== negotiation.termsDigest) return refuse('digest-differs');
  if (by.approvers === 1) return done(signed(agreement, by, negotiation, at));

  const officer = officerOf(by.session);
  if (officer === undefined) return refuse('officer-unknown');
  const earlier = approversOf(negotiation, department);
  if (earlier.includes(officer)) return refuse('already-approved');
  const approval = { department, approver: by.session, at };
  const approved = { ...negotiation, approvals: [...negotiation.approvals, approval] };
  return done(
    earlier.length === 0
      ? negotiate(agreement, { at, by: department, action: 'approve' }, approved)
      : signed(agreement, by, approved, at),
  );
}

/** An approval of nobody known is none: two that are known sign. */
const approversOf = ({ approvals }: Amendment, department: Officer['department']): readonly string[] =>
  approvals.flatMap(({ department: of, approver }) => {
    const officer = of === department && approver !== undefined ? officerOf(approver) : undefined;
    return officer === undefined ? [] : [officer];
  });

function signed(agreement: Agreement, { department }: Officer, negotiation: Amendment, at: string): Agreement {
  const signatures = [...negotiation.signatures, department];
  const complete = [agreement.provider, agreement.consumer].every((party) => signatures.includes(party));
  return negotiate(
    agreement,
    { at, by: department, action: 'sign' },
    { ...negotiation, signatures, ...(complete && { state: 'signed' }) },
  );
}
