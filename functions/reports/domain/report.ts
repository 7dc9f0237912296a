import { Figures, type ReportBy, type ReportRow } from '../../../schemas/contracts/reports.ts';
import type { StoredBenefit } from '../../../schemas/stored/reports.ts';
import type { Kept, Scope } from './counter.ts';
import { isNarrow, type NarrowBy } from './narrow-rows.ts';
import { rowsOf, type Keyed, type Piece } from './piece.ts';

/** How the figures of a scope are kept that a report by something adds up. */
export const keptFor = (scope: Scope, by: ReportBy): Kept =>
  scope === 'hub' || by === 'theme' || isNarrow(by) ? by : 'cell';

/** One for each theme where the report is by theme, otherwise one. */
export function benefitPieces(benefit: StoredBenefit, by: ReportBy): readonly Piece[] {
  const { period: month, provider, consumer, resourceId, themes } = benefit;
  const { casesSolved, visitsSaved, documentsSaved, amountRecovered, hoursSaved, found } = benefit;
  const rests = found && {
    benefitAsked: found.keysLookedUp + found.comparedRows,
    benefitFound: found.recordsShown + found.comparisonHits,
  };
  const figures = { ...rests, casesSolved, visitsSaved, documentsSaved, amountRecovered, hoursSaved };
  return by === 'theme'
    ? themes.map((theme) => ({ month, place: { theme }, figures }))
    : [{ month, place: { provider, consumer, resourceId }, figures }];
}

const figureNames = Object.keys(Figures.shape) as (keyof Figures)[];

const none = Object.fromEntries(figureNames.map((name) => [name, 0])) as unknown as Figures;

/**
 * All figures, those that nothing was counted of as 0. What was read was accepted or rejected: whatever was not taken, one
 * by one or with an upload that was refused or superseded as a whole, is rejected.
 */
export function totalOf(pieces: readonly Piece[]): Figures {
  const total = { ...none };
  for (const { figures } of pieces) for (const name of figureNames) total[name] += figures[name] ?? 0;
  return { ...total, recordsRejected: total.recordsRead - total.recordsAccepted };
}

type Coordinates = Pick<ReportRow, 'month' | 'theme' | 'provider' | 'consumer' | 'resourceId'>;

/** What a row is named by; undefined for figures that have no such thing, e.g. an upload has no consumer. */
const coordinatesBy: Readonly<Record<Exclude<ReportBy, NarrowBy>, (piece: Piece) => Coordinates | undefined>> = {
  month: ({ month }) => ({ month }),
  theme: ({ place: { theme } }) => (theme === undefined ? undefined : { theme }),
  provider: ({ place: { provider } }) => (provider === undefined ? undefined : { provider }),
  consumer: ({ place: { consumer } }) => (consumer === undefined ? undefined : { consumer }),
  pair: ({ place: { provider, consumer } }) =>
    provider === undefined || consumer === undefined ? undefined : { provider, consumer },
  resource: ({ place: { resourceId, provider } }) =>
    resourceId === undefined ? undefined : { resourceId, ...(provider !== undefined && { provider }) },
};

/** One row for each month, theme, pair …, in order of their names. */
export const rowsBy = (pieces: readonly Piece[], by: Exclude<ReportBy, NarrowBy>): readonly Keyed<ReportRow>[] =>
  rowsOf<Coordinates, Figures>(pieces, coordinatesBy[by], totalOf);
