import { Figures, type ReportBy, type ReportRow, type RuleRow } from '../../../schemas/contracts/reports.ts';
import type { StoredBenefit } from '../../../schemas/stored/reports.ts';
import type { Counter, Kept, Place, Scope } from './counters.ts';

/** How the figures of a scope are kept that a report by something adds up. */
export const keptFor = (scope: Scope, by: ReportBy): Kept =>
  scope === 'hub' || by === 'theme' || by === 'rule' ? by : 'cell';

/** Figures of one month at one place: of a counter, or of a benefit that was stated. */
export interface Piece {
  readonly month: string;
  readonly place: Place;
  readonly figures: Readonly<Record<string, number | undefined>>;
}

export const pieceOf = ({ month, place, figures }: Counter): Piece => ({ month, place, figures });

/** One for each theme where the report is by theme, otherwise one. */
export function benefitPieces(benefit: StoredBenefit, by: ReportBy): readonly Piece[] {
  const { period: month, provider, consumer, resourceId, themes } = benefit;
  const { casesSolved, visitsSaved, documentsSaved, amountRecovered, hoursSaved } = benefit;
  const figures = { casesSolved, visitsSaved, documentsSaved, amountRecovered, hoursSaved };
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
const coordinatesBy: Readonly<Record<Exclude<ReportBy, 'rule'>, (piece: Piece) => Coordinates | undefined>> = {
  month: ({ month }) => ({ month }),
  theme: ({ place: { theme } }) => (theme === undefined ? undefined : { theme }),
  provider: ({ place: { provider } }) => (provider === undefined ? undefined : { provider }),
  consumer: ({ place: { consumer } }) => (consumer === undefined ? undefined : { consumer }),
  pair: ({ place: { provider, consumer } }) =>
    provider === undefined || consumer === undefined ? undefined : { provider, consumer },
  resource: ({ place: { resourceId, provider } }) =>
    resourceId === undefined ? undefined : { resourceId, ...(provider !== undefined && { provider }) },
};

/** What a row is found by when the next page begins behind it. */
export interface Keyed<Row> {
  readonly key: string;
  readonly row: Row;
}

const inOrder = <Row>(rows: ReadonlyMap<string, Row>): readonly Keyed<Row>[] =>
  [...rows].map(([key, row]) => ({ key, row })).sort((one, other) => (one.key < other.key ? -1 : 1));

/** One row for each month, theme, pair …, in order of their names. */
export function rowsBy(pieces: readonly Piece[], by: Exclude<ReportBy, 'rule'>): readonly Keyed<ReportRow>[] {
  const grouped = new Map<string, { named: Coordinates; pieces: Piece[] }>();
  for (const piece of pieces) {
    const named = coordinatesBy[by](piece);
    if (!named) continue;
    const key = Object.values(named).join('|');
    const group = grouped.get(key) ?? { named, pieces: [] };
    group.pieces.push(piece);
    grouped.set(key, group);
  }
  return inOrder(new Map([...grouped].map(([key, group]) => [key, { ...group.named, ...totalOf(group.pieces) }])));
}

/** One row for each rule and provider. */
export function ruleRows(pieces: readonly Piece[]): readonly Keyed<RuleRow>[] {
  const rows = new Map<string, RuleRow>();
  for (const { place, figures } of pieces) {
    const { rule, provider } = place;
    if (rule === undefined || provider === undefined) continue;
    const key = `${rule}|${provider}`;
    const { violations, uploadsRefused } = rows.get(key) ?? { violations: 0, uploadsRefused: 0 };
    rows.set(key, {
      rule,
      provider,
      violations: violations + (figures['violations'] ?? 0),
      uploadsRefused: uploadsRefused + (figures['uploadsRefused'] ?? 0),
    });
  }
  return inOrder(rows);
}
