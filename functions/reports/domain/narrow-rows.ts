import type { KindRow, ReasonRow, ReportBy, RuleRow } from '../../../schemas/contracts/reports.ts';
import { rowsOf, type Keyed, type Piece } from './piece.ts';

/** What reports are asked by whose rows have a few figures of their own; benefits are not told apart by it. */
export type NarrowBy = Extract<ReportBy, 'rule' | 'reason' | 'kind'>;
type NarrowRow = RuleRow | ReasonRow | KindRow;

const rowsBy: Readonly<Record<NarrowBy, (pieces: readonly Piece[]) => readonly Keyed<NarrowRow>[]>> = {
  rule: (pieces) =>
    rowsOf(
      pieces,
      ({ place: { rule, provider } }) => rule !== undefined && provider && { rule, provider },
      totalOf('violations', 'uploadsRefused'),
    ),
  reason: (pieces) =>
    rowsOf(
      pieces,
      ({ place: { reason, provider, consumer } }) =>
        reason !== undefined && provider && consumer && { reason, provider, consumer },
      totalOf('lookups', 'keysLookedUp', 'recordsShown'),
    ),
  kind: (pieces) =>
    rowsOf(
      pieces,
      ({ place: { comparisonKind: kind, provider, consumer } }) =>
        kind && provider && consumer && { kind, provider, consumer },
      totalOf('comparisons', 'comparedRows', 'comparisonHits'),
    ),
};

export const isNarrow = (by: ReportBy): by is NarrowBy => by in rowsBy;

/** One row for each rule and provider, or for each reason or kind of a pair. */
export const narrowRows = (pieces: readonly Piece[], by: NarrowBy): readonly Keyed<NarrowRow>[] => rowsBy[by](pieces);

function totalOf<Name extends string>(...names: readonly Name[]) {
  return (pieces: readonly Piece[]): Record<Name, number> => {
    const sum = (name: Name) => pieces.reduce((all, { figures }) => all + (figures[name] ?? 0), 0);
    return Object.fromEntries(names.map((name) => [name, sum(name)])) as Record<Name, number>;
  };
}
