import type { StoredDemand } from '../../../schemas/stored/demands.ts';

/** The demander needs it no more. */
export const withdraw = (demand: StoredDemand, reason: string | undefined, at: string): StoredDemand => ({
  ...demand,
  state: 'withdrawn',
  changedAt: at,
  withdrawal: { at, ...(reason !== undefined && { reason }) },
});
