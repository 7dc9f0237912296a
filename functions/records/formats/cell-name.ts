/** 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  const rest = (column - 1) % 26;
  const before = Math.floor((column - 1) / 26);
  return (before > 0 ? columnLetters(before) : '') + String.fromCharCode(0x41 + rest);
}

/** Where something is, as the spreadsheet says it: column 3 (from 1) of row 12 is `C12`. */
export const cellName = (column: number, row: number): string => columnLetters(column) + String(row);

/** `BC` is 55; NaN for what names no column. */
export const columnNumber = (letters: string): number =>
  /^[A-Z]{1,3}$/.test(letters)
    ? Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 0x40, 0)
    : Number.NaN;
