import type { Agreement, AgreementAction, TermsVersion } from '../../../schemas/contracts/agreements.ts';
import type { ShareType, UpdateCycle } from '../../../schemas/contracts/definition.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import { dayIn } from '../../kernel/day.ts';

/** What an agreement's duties follow from, beside itself. */
export interface AgreementFacts {
  readonly shareType: ShareType;
  readonly updateCycle: UpdateCycle;
  /** When the resource's newest dataset was committed; undefined before the first. */
  readonly datasetAt: string | undefined;
  /** Whether anything was ever released under the agreement. */
  readonly delivered: boolean;
  /** When the oldest delivery that its consumer still has to receive was released. */
  readonly unreceivedSince: string | undefined;
}

/** What is the same for all agreements of a hub. */
export interface Setting {
  /** The hub's time zone (IANA name): days are its days. */
  readonly zone: string;
  /** Departments with the authority's role. */
  readonly authorities: readonly DepartmentId[];
}

/** An agreement with everything that its duties follow from, on a day. */
export interface AgreementCase extends Setting {
  readonly agreement: Agreement;
  readonly facts: AgreementFacts;
  readonly today: string;
}

export const isOver = ({ state }: Agreement): boolean => state === 'terminated' || state === 'expired';
export const isInForce = ({ state }: Agreement): boolean => state === 'active' || state === 'suspended';
export const partiesOf = ({ provider, consumer }: Agreement): readonly DepartmentId[] => [provider, consumer];
export const otherParty = ({ provider, consumer }: Agreement, party: DepartmentId): DepartmentId =>
  party === provider ? consumer : provider;

/** Throws where the agreement lacks them. */
export function termsVersionOf({ agreementId, terms }: Agreement, version: number): TermsVersion {
  const found = terms.find((each) => each.version === version);
  if (!found) throw new Error(`agreement ${agreementId} has no terms version ${version}`);
  return found;
}

/** Terms that are being negotiated: of an amendment, or of an agreement that was never filed. */
export interface OnTheTable {
  readonly state: 'proposed' | 'agreed' | 'signed';
  readonly termsVersion: number;
  readonly signatures: readonly DepartmentId[];
}

export function onTheTable({ state, termsVersion, signatures, amendment }: Agreement): OnTheTable | undefined {
  if (state === 'proposed' || state === 'agreed' || state === 'signed') return { state, termsVersion, signatures };
  return state === 'active' || state === 'suspended' ? amendment : undefined;
}

/** The day of the newest act of a kind; undefined where there was none. */
export function dayOfLast({ agreement, zone }: AgreementCase, action: AgreementAction): string | undefined {
  const entry = agreement.history.findLast((each) => each.action === action);
  return entry && dayIn(zone, entry.at);
}

/** The authorities that may act on it as such: no party does. */
export const impartial = ({ agreement, authorities }: AgreementCase): readonly DepartmentId[] =>
  authorities.filter((department) => !partiesOf(agreement).includes(department));
