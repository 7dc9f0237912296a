import type { Counter, Place } from './counter.ts';

/** Figures of one month at one place: of a counter, or of a benefit that was stated. */
export interface Piece {
  readonly month: string;
  readonly place: Place;
  readonly figures: Readonly<Record<string, number | undefined>>;
}

export const pieceOf = ({ month, place, figures }: Counter): Piece => ({ month, place, figures });

/** What a row is found by when the next page begins behind it. */
export interface Keyed<Row> {
  readonly key: string;
  readonly row: Row;
}

/**
 * Pieces of the same names make one row, in order of the names.
 * @param named what a row is named by; undefined for figures that have no such thing, e.g. an upload has no consumer
 */
export function rowsOf<Named extends object, Figures extends object>(
  pieces: readonly Piece[],
  named: (piece: Piece) => Named | false | '' | undefined,
  total: (pieces: readonly Piece[]) => Figures,
): readonly Keyed<Named & Figures>[] {
  const groups = new Map<string, { readonly name: Named; readonly pieces: Piece[] }>();
  for (const piece of pieces) {
    const name = named(piece);
    if (!name) continue;
    const key = Object.values(name).join('|');
    const group = groups.get(key) ?? { name, pieces: [] };
    group.pieces.push(piece);
    groups.set(key, group);
  }
  return [...groups]
    .map(([key, group]) => ({ key, row: { ...group.name, ...total(group.pieces) } }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
}
