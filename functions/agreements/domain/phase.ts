import type { AgreementState } from '../../../schemas/contracts/agreements.ts';

/** Nothing is in force yet · filed, whether somebody suspends it or not · over for good. */
export type Phase = 'negotiated' | 'in-force' | 'over';

const phases: Record<AgreementState, Phase> = {
  proposed: 'negotiated',
  agreed: 'negotiated',
  signed: 'negotiated',
  active: 'in-force',
  suspended: 'in-force',
  terminated: 'over',
  expired: 'over',
};

export const phaseOf = ({ state }: { readonly state: AgreementState }): Phase => phases[state];
