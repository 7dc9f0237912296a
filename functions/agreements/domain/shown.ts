import type { Agreement, Approval } from '../../../schemas/contracts/agreements.ts';
import { isParty } from '../../reading/agreement.ts';
import { type Acting } from './standing.ts';

/**
 * An agreement as a reader sees it: that an officer of a party has approved is between the parties, who it was is that
 * party's own.
 */
export function shownTo(agreement: Agreement, reader: Acting): Agreement {
  const shown = (approvals: readonly Approval[]): Approval[] =>
    isParty(agreement, reader.department) ? approvals.map((approval) => approvalFor(reader, approval)) : [];
  const { amendment } = agreement;
  return {
    ...agreement,
    approvals: shown(agreement.approvals),
    ...(amendment && { amendment: { ...amendment, approvals: shown(amendment.approvals) } }),
  };
}

function approvalFor(reader: Acting, { approver, ...approval }: Approval): Approval {
  return approval.department === reader.department && approver !== undefined ? { ...approval, approver } : approval;
}
