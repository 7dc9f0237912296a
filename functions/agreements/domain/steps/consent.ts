import type { Agreement, Consent } from '../../../../schemas/contracts/agreements.ts';
import { Fault } from '../../../kernel/fault.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import { isFiled } from '../../../reading/agreement.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { answered, missingOf } from '../consents.ts';
import { negotiate, negotiationOf } from '../negotiation.ts';
import { record } from '../record.ts';
import { hubItself } from '../standing.ts';
import { permit } from '../transitions.ts';
import { resume, suspend } from './suspend.ts';

/**
 * A department whose fields are granted consents to exactly these terms: those on the table, which are not filed before, or
 * those in force, to which it objected. With the last consent to these the hub lifts what it holds for it.
 */
export function consent(
  agreement: Agreement,
  by: Officer,
  named: { readonly termsVersion: number; readonly termsDigest: string },
  at: string,
): Outcome<
  Agreement,
  'not-found' | 'not-a-source' | 'wrong-state' | 'already-consented' | 'terms-changed' | 'digest-differs'
> {
  const about = spokenOf(agreement, named.termsVersion);
  const permitted = permit(agreement, 'consent', by, about);
  if (!permitted.ok) return permitted;
  const terms = about === 'in-force' ? agreement : negotiationOf(agreement);
  const own = ownOf(terms.consents, by);
  if (!own) return refuse('not-a-source');
  if (own.state === 'given') return refuse('already-consented');
  if (named.termsVersion !== terms.termsVersion) return refuse('terms-changed');
  if (named.termsDigest !== terms.termsDigest) return refuse('digest-differs');
  const consents = answered(terms.consents, { department: by.department, state: 'given', at });
  const entry = { at, by: by.department, action: 'consent' } as const;
  if (about === 'table') return done(negotiate(agreement, entry, { ...negotiationOf(agreement), consents }));
  const agreed = record(agreement, entry, { consents });
  const isHeld = agreed.suspensions.some(({ holder }) => holder === 'consent');
  return isHeld && missingOf(consents).length === 0
    ? lifted(resume(agreed, hubItself, 'every department whose fields are granted consents', at, 'consent'))
    : done(agreed);
}

/**
 * It does not consent, or not any more. Terms on the table are not filed while it stands; those in force are suspended by
 * the hub, as what is given out under them is that department's.
 */
export function object(
  agreement: Agreement,
  by: Officer,
  named: { readonly termsVersion: number; readonly reason: string },
  at: string,
): Outcome<Agreement, 'not-found' | 'not-a-source' | 'wrong-state' | 'already-objected' | 'terms-changed'> {
  const about = spokenOf(agreement, named.termsVersion);
  const permitted = permit(agreement, 'object', by, about);
  if (!permitted.ok) return permitted;
  const terms = about === 'in-force' ? agreement : negotiationOf(agreement);
  const own = ownOf(terms.consents, by);
  if (!own) return refuse('not-a-source');
  if (own.state === 'refused') return refuse('already-objected');
  if (named.termsVersion !== terms.termsVersion) return refuse('terms-changed');
  const consents = answered(terms.consents, { department: by.department, state: 'refused', at });
  const entry = { at, by: by.department, action: 'object', reason: named.reason } as const;
  if (about === 'table') return done(negotiate(agreement, entry, { ...negotiationOf(agreement), consents }));
  const objected = record(agreement, entry, { consents });
  return objected.suspensions.some(({ holder }) => holder === 'consent')
    ? done(objected)
    : lifted(suspend(objected, hubItself, `${by.department} does not consent any more`, at, 'consent'));
}

/** Once filed, terms are told apart by their number: those in force, or those of the amendment. */
const spokenOf = (agreement: Agreement, termsVersion: number): 'table' | 'in-force' =>
  isFiled(agreement) && (!agreement.amendment || termsVersion === agreement.termsVersion) ? 'in-force' : 'table';

const ownOf = (consents: readonly Consent[], { department }: Officer): Consent | undefined =>
  consents.find((consent) => consent.department === department);

/** What the hub does by itself then: that it holds, or does not, has just been seen. */
function lifted(outcome: Outcome<Agreement, string>): Outcome<Agreement, never> {
  if (!outcome.ok) throw new Fault(`a consent moved no suspension: ${outcome.refusal.code}`);
  return outcome;
}
