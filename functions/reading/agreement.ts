import type {
  Agreement,
  AgreementState,
  AgreementSummary,
  Amendment,
  HistoryEntry,
} from '../../schemas/contracts/agreements.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import { termsOf } from './terms.ts';

/** Nothing is in force yet · filed, whether somebody suspends it or not · over for good. */
export type Phase = 'negotiated' | 'in-force' | 'over';

const phases: Readonly<Record<AgreementState, Phase>> = {
  proposed: 'negotiated',
  agreed: 'negotiated',
  signed: 'negotiated',
  active: 'in-force',
  suspended: 'in-force',
  terminated: 'over',
  expired: 'over',
};

type Standing = Pick<Agreement, 'state'>;

export const phaseOf = ({ state }: Standing): Phase => phases[state];

/** For good: nothing under it is given out any more. */
export const isOver = (agreement: Standing): boolean => phaseOf(agreement) === 'over';

/** Filed and not over, whether somebody suspends it or not. */
export const isFiled = (agreement: Standing): boolean => phaseOf(agreement) === 'in-force';

type Parties = Pick<Agreement, 'provider' | 'consumer'>;

export const partiesOf = ({ provider, consumer }: Parties): readonly DepartmentId[] => [provider, consumer];

export const isParty = (agreement: Parties, department: string): boolean =>
  department === agreement.provider || department === agreement.consumer;

export const otherParty = ({ provider, consumer }: Parties, party: DepartmentId): DepartmentId =>
  party === provider ? consumer : provider;

/**
 * What is to be accepted, signed and filed: the agreement's own terms while nothing is in force, those of its amendment
 * from then on; undefined where nothing is negotiated.
 */
export function onTheTable(agreement: Agreement): Amendment | undefined {
  const { state } = agreement;
  if (state !== 'proposed' && state !== 'agreed' && state !== 'signed')
    return isFiled(agreement) ? agreement.amendment : undefined;
  const { termsVersion, termsDigest, resourceVersion, signatures, approvals, consents } = agreement;
  return { state, termsVersion, termsDigest, resourceVersion, signatures, approvals, consents };
}

/** The newest filing of the terms in force; undefined where nobody filed them. */
export const filingOf = ({
  history,
  termsVersion,
}: Pick<Agreement, 'history' | 'termsVersion'>): HistoryEntry | undefined =>
  history.findLast((entry) => entry.action === 'file' && entry.termsVersion === termsVersion);

/** `ended` for good; `early` becomes `in-force` by itself on the first day of validity, `suspended` once nobody suspends. */
export type Validity = 'in-force' | 'early' | 'suspended' | 'ended';

/**
 * Whether an agreement grants anything on a day; both validity dates are inclusive.
 *
 * @param today - `YYYY-MM-DD`, in the hub's time zone
 */
export function validityOf(agreement: Agreement, today: string): Validity {
  if (!isFiled(agreement)) return 'ended';
  const { validFrom, validTo } = termsOf(agreement);
  if (today > validTo) return 'ended';
  if (agreement.state === 'suspended') return 'suspended';
  return today < validFrom ? 'early' : 'in-force';
}

/** Whether it grants its data on that day: it is active, and its terms in force are valid. */
export const isInForce = (agreement: Agreement, today: string): boolean => validityOf(agreement, today) === 'in-force';

/** What lists show of an agreement: no terms, nothing that was said, nothing of who signed. */
export const summaryOf = ({
  terms: _terms,
  history: _history,
  olderHistory: _older,
  signatures: _signatures,
  approvals: _approvals,
  consents: _consents,
  amendment: _amendment,
  suspensions: _suspensions,
  ...summary
}: Agreement): AgreementSummary => summary;
