import type { Agreement, Amendment } from '../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import type { Moment } from './moment.ts';
import { onTheTable } from './negotiation.ts';
import { record } from './record.ts';
import type { Officer } from './standing.ts';
import { versionOf } from './terms.ts';
import { permit } from './transitions.ts';

/**
 * Filing by the authority puts signed terms in force, unless their last day has passed. Terms of an amendment take the
 * place of those that were; who else suspends the agreement still does.
 */
export function file(
  agreement: Agreement,
  by: Officer,
  filingNumber: string,
  { at, today }: Moment,
): Outcome<Agreement, 'not-found' | 'own-agreement' | 'wrong-state' | 'no-longer-valid'> {
  const permitted = permit(agreement, 'file', by);
  if (!permitted.ok) return permitted;
  const negotiation = onTheTable(agreement);
  const { state: _signed, ...inForce } = negotiation;
  if (versionOf(agreement, inForce.termsVersion).terms.validTo < today) return refuse('no-longer-valid');
  const held = stillHeld(agreement, negotiation);
  return done(
    record(
      agreement,
      { at, by: by.department, action: 'file', filingNumber, termsVersion: inForce.termsVersion },
      {
        ...inForce,
        ...held,
        state: held.suspensions.length > 0 ? 'suspended' : 'active',
        filingNumber,
        amendment: undefined,
      },
    ),
  );
}

/** Up-to-date terms lift what the clock holds; terms that the newer resource version would break as well do not. */
function stillHeld(
  { outdated, suspensions }: Agreement,
  { resourceVersion }: Amendment,
): Pick<Agreement, 'outdated' | 'suspensions'> {
  if (outdated && resourceVersion < outdated.resourceVersion) return { outdated, suspensions };
  return { outdated: undefined, suspensions: suspensions.filter(({ holder }) => holder !== 'clock') };
}
