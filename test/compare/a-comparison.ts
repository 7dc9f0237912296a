import { announced } from '../../functions/compare/domain/announcement.ts';
import { begun } from '../../functions/compare/domain/begin.ts';
import { expired, refused } from '../../functions/compare/domain/end.ts';
import { finished } from '../../functions/compare/domain/finish.ts';
import { receive, type Arrived } from '../../functions/compare/domain/receive.ts';
import type { ComparisonState } from '../../schemas/contracts/comparisons.ts';
import type { AgreementId, ComparisonId } from '../../schemas/contracts/ids.ts';
import type { ComparisonIn, StoredComparison } from '../../schemas/stored/comparisons.ts';
import { anAgreement, anId, comparisonTerms, instant, sha256 } from '../support/builders.ts';

export const later = (seconds: number): string => new Date(Date.parse(instant) + seconds * 1000).toISOString();

const list = { format: 'csv', encoding: 'utf-8', bytes: 64, sha256 } as const;
export const aBody = { agreementId: anId(1) as AgreementId, kind: 'verify', ...list } as const;
export const object = { versionId: 'v1', bytes: 64 };

type Terms = Parameters<typeof comparisonTerms>[0];

/** As it is announced, of `tax` to `quality`. */
export const awaiting = (number = 1, terms: Terms = {}): ComparisonIn<'awaiting'> =>
  announced(aBody, anAgreement({ state: 'active', terms: comparisonTerms(terms) }), comparisonTerms(terms), {
    comparisonId: anId(number) as string as ComparisonId,
    session: 'clerk-7',
    at: instant,
  });

function arrived(comparison: ComparisonIn<'awaiting'>): Arrived {
  const reception = receive(comparison, object, later(10));
  if (reception.kind !== 'mark') throw new Error(reception.kind);
  return reception.comparison;
}

const received = (): ComparisonIn<'received'> => arrived(awaiting()) as ComparisonIn<'received'>;
const running = (): ComparisonIn<'running'> => begun(received(), 7, later(20));

/** One of every state, each come to as it regularly is. */
export const inState: { readonly [S in ComparisonState]: () => ComparisonIn<S> } = {
  awaiting: () => awaiting(),
  'awaiting-approval': () => arrived(awaiting(1, { approval: 'provider' })) as ComparisonIn<'awaiting-approval'>,
  received,
  running,
  done: () =>
    finished(
      running(),
      1,
      {
        verdict: 'compared',
        rows: { read: 3, rejected: 0 },
        rejections: [],
        hits: 2,
        counts: { match: 2, mismatch: 0, absent: 1, invalid: 0, repeated: 0 },
      },
      later(30),
    ),
  refused: () =>
    refused(running(), { code: 'header', detail: 'The list has no column org_code.', column: '机构' }, later(30)),
  cancelled: () => ({ ...expired(received(), later(30)), state: 'cancelled' }),
  expired: () => expired(awaiting(), later(90_000)),
};

export const allStates = Object.keys(inState) as ComparisonState[];
export const each = (): readonly (readonly [ComparisonState, StoredComparison])[] =>
  allStates.map((state) => [state, inState[state]()]);
