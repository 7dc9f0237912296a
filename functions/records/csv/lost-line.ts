import { LF, type Scanner, UNCLOSED_QUOTE } from './scanner.ts';

/**
 * Of a record with a quote out of place: where its second line begins, if only the first is lost. If the quote made a record
 * of several lines whose second line is a good record by itself, or the end of the file is reached, it was meant to close
 * on its own line.
 * @param looksLikeRecord whether a whole line at a place, before another, is a record
 * @returns 0 where the record is lost as a whole
 */
export function secondLine(
  bytes: Buffer,
  start: number,
  scanner: Scanner,
  looksLikeRecord: (at: number, end: number) => boolean,
): number {
  const second = scanner.innerLines > 0 ? bytes.indexOf(LF, start) + 1 : 0;
  if (second === 0) return 0;
  return (scanner.fault & UNCLOSED_QUOTE) !== 0 || looksLikeRecord(second, scanner.end) ? second : 0;
}

/** A whole line before `end` with so many cells and no fault. One column is no evidence. */
export function isWholeLine(bytes: Buffer, start: number, end: number, lookahead: Scanner, width: number): boolean {
  const lineEnd = bytes.subarray(start, end + 1).indexOf(LF);
  if (lineEnd < 0 || width < 2) return false;
  lookahead.scan(bytes, start, start + lineEnd, true);
  return lookahead.fault === 0 && lookahead.count === width;
}
