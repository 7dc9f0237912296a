import type { AgreementState } from '../../../schemas/contracts/agreements.ts';
import type { Demand, DemandState } from '../../../schemas/contracts/demands.ts';
import type { AgreementId } from '../../../schemas/contracts/ids.ts';
import type { Frequency } from '../../../schemas/contracts/terms.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import type { Standing } from './standing.ts';

/** How far the agreement for a demand has come, one that is not over. */
export interface Progress {
  readonly agreement: {
    readonly agreementId: AgreementId;
    readonly state: AgreementState;
    /** Undefined where nothing comes of itself. */
    readonly frequency: Frequency | undefined;
    /** When it was first filed. */
    readonly filedAt?: string;
  };
  /** The newest that was released under it. */
  readonly delivery?: { readonly deliveredAt: string; readonly datasetVersion: number };
}

/**
 * The state of a demand. What an agreement makes of it is read off the agreement each time, and so is right again once
 * that ends: nobody has to tell the demand.
 */
export function stateOf({ state }: Pick<StoredDemand, 'state'>, progress: Progress | undefined): DemandState {
  if (state !== 'matched' || !progress) return state;
  return isServed(progress) ? 'satisfied' : 'negotiating';
}

/** Something was released, or the demander may ask. */
export const isServed = ({ agreement, delivery }: Progress): boolean =>
  delivery !== undefined || (agreement.frequency === undefined && agreement.filedAt !== undefined);

/**
 * A demand as a reader sees it: the agreement's id is for those who may know of the agreement, the words of a department
 * that declines not for others who are asked.
 */
export function present(
  demand: StoredDemand,
  progress: Progress | undefined,
  { department, standings }: { readonly department: string; readonly standings: readonly Standing[] },
): Demand {
  const state = stateOf(demand, progress);
  const knows =
    demand.match?.provider === department ||
    standings.some((standing) => standing !== 'asked' && standing !== 'member');
  const isOnlyAsked = standings.every((standing) => standing === 'asked');
  return {
    ...demand,
    declines: isOnlyAsked ? demand.declines.filter((decline) => decline.department === department) : demand.declines,
    state,
    ...(knows && state !== demand.state && { agreementId: progress?.agreement.agreementId }),
  };
}
