import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { isParty, type Acting } from './standing.ts';

/** An agreement as a reader sees it: which officers approved is between the parties. */
export function shownTo(agreement: Agreement, reader: Acting): Agreement {
  if (isParty(agreement, reader)) return agreement;
  const { amendment } = agreement;
  return { ...agreement, approvals: [], ...(amendment && { amendment: { ...amendment, approvals: [] } }) };
}
