import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { record } from './record.ts';
import type { Officer } from './standing.ts';
import { permit } from './transitions.ts';

/** Each party signs the terms once, naming their digest; with the last signature the agreement is signed. */
export function sign(
  agreement: Agreement,
  by: Officer,
  named: { readonly termsVersion: number; readonly termsDigest: string },
  at: string,
): Outcome<
  Agreement,
  'not-found' | 'not-a-party' | 'wrong-state' | 'already-signed' | 'terms-changed' | 'digest-differs'
> {
  const permitted = permit(agreement, 'sign', by);
  if (!permitted.ok) return permitted;
  if (agreement.signatures.includes(by.department)) return refuse('already-signed');
  if (named.termsVersion !== agreement.termsVersion) return refuse('terms-changed');
  if (named.termsDigest !== agreement.termsDigest) return refuse('digest-differs');
  const signatures = [...agreement.signatures, by.department];
  const complete = [agreement.provider, agreement.consumer].every((party) => signatures.includes(party));
  return done(
    record(
      agreement,
      { at, by: by.department, action: 'sign' },
      { signatures, ...(complete && { state: permitted.value }) },
    ),
  );
}
