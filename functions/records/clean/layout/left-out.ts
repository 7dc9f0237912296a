import { isRemark, isTotalWord } from '../../kinds/lines.ts';

/** What a row looks like that may be no record; whether it is one its cells decide. */
export type LooksLike = 'blank' | 'header-again' | 'total' | 'remark' | 'heading';

/** A sheet of fewer columns has rows of a single cell for other reasons. */
const LEAST_COLUMNS = 3;
/** A total stands among the first cells. */
const TOTAL_AMONG = 3;

/**
 * @param cells as they stand
 * @param names of the header, in their columns
 */
export function looksLike(cells: readonly string[], names: readonly string[]): LooksLike | undefined {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (filled.length === 0) return names.length > 1 ? 'blank' : undefined;
  if (isHeaderAgain(cells, names, filled.length)) return 'header-again';
  if (filled.slice(0, TOTAL_AMONG).some(isTotalWord) && filled.every(isPartOfTotal)) return 'total';
  if (isRemarkRow(filled)) return 'remark';
  return filled.length === 1 && names.length >= LEAST_COLUMNS ? 'heading' : undefined;
}

function isHeaderAgain(cells: readonly string[], names: readonly string[], filled: number): boolean {
  const same = cells.filter((cell, i) => cell.trim() !== '' && cell.trim() === names[i]).length;
  return same === filled && same >= Math.min(2, names.length);
}

/** Sums, and dashes where there is none. */
const isPartOfTotal = (cell: string): boolean =>
  isTotalWord(cell) || /^[-+(（]?[\d,，. %％¥￥$]+[)）]?\p{L}{0,3}$|^[-—–/\\]+$/u.test(cell);

/** `制表人：张三   审核：李四`: words with a colon, and what follows them. */
function isRemarkRow(filled: readonly string[]): boolean {
  let follows = false;
  for (const cell of filled) {
    if (!isRemark(cell) && !follows) return false;
    follows = /[:：]\s*$/.test(cell);
  }
  return true;
}
