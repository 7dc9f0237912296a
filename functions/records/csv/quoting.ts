const NEEDS_QUOTES = /[",\r\n]/;

/** A value as an RFC 4180 cell, in quotes only if it needs them. */
export const cellOf = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line with its LF. */
export const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\n`;
