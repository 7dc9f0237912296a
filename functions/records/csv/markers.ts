/**
 * Lines that a converter of another format puts among the records that it writes as CSV. They begin with a byte that
 * UTF-8 never has, end at their first LF, and count only where a record of the source is a line (`Lines`): anywhere else
 * such bytes are undecodable like any other.
 */
export type Marker =
  /** `FF`, the name of a rule, and after a NUL anything: a record of the source that the rule rejects as a whole. */
  | { readonly rule: string }
  /** `FD` and JSON: cells of a record that break rules which their text in CSV would not show. */
  | { readonly cells: readonly BrokenCell[] }
  /** `FE` and decimal digits: so many lines of the source hold no record. */
  | { readonly skipped: number };

/** A cell of a record as the report shows it, cut to a length beyond what it shows. */
export interface BrokenCell {
  readonly rule: 'type' | 'required';
  /** From 1. */
  readonly column: number;
  readonly text: string;
}

/** What a line number counts: line breaks of the file, or records of the source whatever line breaks their cells have. */
export type Lines = 'physical' | 'records';

export const REJECTED = 0xff;
export const SKIPPED = 0xfe;
export const BROKEN_CELLS = 0xfd;
export const beginsMarker = (byte: number): boolean => byte >= BROKEN_CELLS;

/** @param line without its line break. @throws if a converter wrote what is no marker. */
export function markerOf(line: Buffer): Marker {
  if (line[0] === BROKEN_CELLS) return { cells: JSON.parse(line.toString('utf8', 1)) as BrokenCell[] };
  const nul = line.indexOf(0);
  const text = line.toString('latin1', 1, nul < 0 ? line.length : nul);
  if (line[0] === REJECTED && /^[A-Za-z]\w*$/.test(text)) return { rule: text };
  if (line[0] === SKIPPED && /^\d{1,15}$/.test(text)) return { skipped: Number(text) };
  throw new Error('a converter wrote a marker that is none');
}
