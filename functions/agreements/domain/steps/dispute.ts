import type { Agreement, AgreementAction, Dispute } from '../../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { record } from '../record.ts';
import { permit } from '../transitions.ts';

/** A party holds that the agreement is not kept, or not to be had: the other party answers, the authority decides. */
export function dispute(
  agreement: Agreement,
  by: Officer,
  reason: string,
  at: string,
): Outcome<Agreement, 'not-found' | 'not-a-party' | 'wrong-state' | 'dispute-open'> {
  const permitted = permit(agreement, 'dispute', by);
  if (!permitted.ok) return permitted;
  if (agreement.dispute && agreement.dispute.state !== 'decided') return refuse('dispute-open');
  const opened: Dispute = { state: 'open', openedBy: by.department, openedAt: at };
  return done(record(agreement, said('dispute', by, reason, at), { dispute: opened }));
}

/** The word of the party that did not open the dispute. */
export function answer(
  agreement: Agreement,
  by: Officer,
  reason: string,
  at: string,
): Outcome<Agreement, 'not-found' | 'not-a-party' | 'wrong-state' | 'no-dispute' | 'own-dispute'> {
  const permitted = permit(agreement, 'answer', by);
  if (!permitted.ok) return permitted;
  if (agreement.dispute?.state !== 'open') return refuse('no-dispute');
  if (agreement.dispute.openedBy === by.department) return refuse('own-dispute');
  return done(
    record(agreement, said('answer', by, reason, at), { dispute: { ...agreement.dispute, state: 'answered' } }),
  );
}

/** The authority's decision, also where no answer came; its words say what follows, and the parties act on them. */
export function decide(
  agreement: Agreement,
  by: Officer,
  reason: string,
  at: string,
): Outcome<Agreement, 'not-found' | 'own-agreement' | 'wrong-state' | 'no-dispute'> {
  const permitted = permit(agreement, 'decide', by);
  if (!permitted.ok) return permitted;
  if (!agreement.dispute || agreement.dispute.state === 'decided') return refuse('no-dispute');
  return done(
    record(agreement, said('decide', by, reason, at), { dispute: { ...agreement.dispute, state: 'decided' } }),
  );
}

const said = (action: AgreementAction, { department }: Officer, reason: string, at: string) => ({
  at,
  by: department,
  action,
  reason,
});
