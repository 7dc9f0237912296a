import type { Agreement, Holder } from '../../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { versionOf } from '../../../reading/terms.ts';
import { missingOf } from '../consents.ts';
import type { Moment } from '../moment.ts';
import { negotiationOf } from '../negotiation.ts';
import { record } from '../record.ts';
import { permit } from '../transitions.ts';

/** What the hub holds for what was wrong with the terms that these take the place of. */
const ofTermsBefore: ReadonlySet<Holder> = new Set(['clock', 'consent']);

/**
 * Filing by the authority puts signed terms in force, unless their last day has passed, or somebody who was asked has not
 * consented. Terms of an amendment take the
 * place of those that were: what was outdated is not any more, and the hub lets go; who else suspends the agreement
 * still does. That the newest resource version does not break them is the caller's to see to.
 */
export function file(
  agreement: Agreement,
  by: Officer,
  filingNumber: string,
  { at, today }: Moment,
): Outcome<Agreement, 'not-found' | 'own-agreement' | 'wrong-state' | 'no-longer-valid' | 'consent-missing'> {
  const permitted = permit(agreement, 'file', by);
  if (!permitted.ok) return permitted;
  const { state: _signed, ...inForce } = negotiationOf(agreement);
  const missing = missingOf(inForce.consents);
  if (missing.length > 0) return refuse('consent-missing', { detail: `Not yet: ${missing.join(', ')}.` });
  if (versionOf(agreement, inForce.termsVersion).terms.validTo < today) return refuse('no-longer-valid');
  const suspensions = agreement.suspensions.filter(({ holder }) => !ofTermsBefore.has(holder));
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
