import type { Agreement, AgreementAction } from '../../../schemas/contracts/agreements.ts';
import type { ShareType, UpdateCycle } from '../../../schemas/contracts/definition.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import { dayIn } from '../../kernel/time.ts';
import { partiesOf } from '../../reading/agreement.ts';

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
  /** The oldest list that waits for its provider's word, and when it will have waited too long. */
  readonly listWaiting: ListWaiting | undefined;
}

export interface ListWaiting {
  readonly since: string;
  readonly until: string;
}

/** What is the same for all agreements of a hub. */
interface Setting {
  /** The hub's time zone (IANA name): days are its days. */
  readonly timeZone: string;
  /** Departments with the authority's role. */
  readonly authorities: readonly DepartmentId[];
}

/** An agreement with everything that its duties follow from, on a day. */
export interface AgreementCase extends Setting {
  readonly agreement: Agreement;
  readonly facts: AgreementFacts;
  readonly today: string;
}

/** The day of the newest act of a kind; undefined where there was none. */
export function dayOfLast({ agreement, timeZone }: AgreementCase, action: AgreementAction): string | undefined {
  const entry = agreement.history.findLast((each) => each.action === action);
  return entry && dayIn(timeZone, entry.at);
}

/** The authorities that may act on it as such: no party does. */
export const impartial = ({ agreement, authorities }: AgreementCase): readonly DepartmentId[] =>
  authorities.filter((department) => !partiesOf(agreement).includes(department));
