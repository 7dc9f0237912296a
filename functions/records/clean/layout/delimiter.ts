/** What may stand between the cells of a text; the comma first, which wins where several would do. */
export const DELIMITERS = [',', '\t', ';', '|', '，', '；'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How wide the first records are when cut at a delimiter. */
export interface CutBy {
  readonly delimiter: Delimiter;
  readonly widths: readonly number[];
}

/** The delimiter that cuts the most records alike, into more than one cell; the comma where none does. */
export function delimiterOf(cuts: readonly CutBy[]): Delimiter {
  const scored = cuts.map(({ delimiter, widths }) => ({ delimiter, ...alike(widths) }));
  const best = scored.toSorted((a, b) => b.records - a.records || b.width - a.width)[0];
  return best && best.records > 0 ? best.delimiter : ',';
}

/** How many records have the width that most have, of those with several cells. */
function alike(widths: readonly number[]): { readonly records: number; readonly width: number } {
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width = 0, records = 0] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  return { records, width };
}
