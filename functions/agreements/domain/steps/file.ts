import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { versionOf } from '../../../reading/terms.ts';
import type { Moment } from '../moment.ts';
import { negotiationOf } from '../negotiation.ts';
import { record } from '../record.ts';
import { permit } from '../transitions.ts';

/**
 * Filing by the authority puts signed terms in force, unless their last day has passed. Terms of an amendment take the
 * place of those that were: what was outdated is not any more, and the clock lets go; who else suspends the agreement
 * still does. That the newest resource version does not break them is the caller's to see to.
 */
export function file(
  agreement: Agreement,
  by: Officer,
  filingNumber: string,
  { at, today }: Moment,
): Outcome<Agreement, 'not-found' | 'own-agreement' | 'wrong-state' | 'no-longer-valid'> {
  const permitted = permit(agreement, 'file', by);
  if (!permitted.ok) return permitted;
  const { state: _signed, ...inForce } = negotiationOf(agreement);
  if (versionOf(agreement, inForce.termsVersion).terms.validTo < today) return refuse('no-longer-valid');
  const suspensions = agreement.suspensions.filter(({ holder }) => holder !== 'clock');
  return done(
    record(
      agreement,
      { at, by: by.department, action: 'file', filingNumber, termsVersion: inForce.termsVersion },
      {
        ...inForce,
        state: suspensions.length > 0 ? 'suspended' : 'active',
        suspensions,
        outdated: undefined,
        filingNumber,
        amendment: undefined,
      },
    ),
  );
}
