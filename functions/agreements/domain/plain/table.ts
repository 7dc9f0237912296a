import type { Agreement, AgreementState } from '../../../../schemas/contracts/agreements.ts';
import type { Reading } from './clause.ts';

type Negotiated = NonNullable<Agreement['amendment']>['state'];
type Said = Pick<Agreement, 'signatures' | 'approvals' | 'consents'>;

/** How some terms stand: those that hold or are negotiated first, those that are to amend them, or others. */
export type Table =
  | ({ readonly is: 'current'; readonly state: AgreementState } & Said)
  | ({ readonly is: 'amendment'; readonly state: Negotiated } & Said)
  | { readonly is: 'past' };

export function tableOf({ agreement, version }: Pick<Reading, 'agreement' | 'version'>): Table {
  const { amendment, termsVersion, state, signatures, approvals, consents } = agreement;
  if (version.version === termsVersion) return { is: 'current', state, signatures, approvals, consents };
  return version.version === amendment?.termsVersion ? { is: 'amendment', ...amendment } : { is: 'past' };
}
