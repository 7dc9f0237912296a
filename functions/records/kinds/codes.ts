/**
 * Kinds of fault: values that are wrong in one and the same way, so that one change mends all of them. A kind is a code of
 * this list and never a value. Where two kinds are equally many, the one that stands first here is named first.
 */
const DATE_KINDS = [
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD/MM/YYYY or MM/DD/YYYY',
  'DD-MM-YYYY',
  'MM-DD-YYYY',
  'DD-MM-YYYY or MM-DD-YYYY',
  'D.M.YYYY',
  'YYYY/MM/DD',
  'YYYY.MM.DD',
  'YYYYMMDD',
  'YYYY-M-D',
  'YYYY年M月D日',
  'YYYY-MM-DD',
  'YYYYMM',
  'YYYY/MM',
  'YYYY年M月',
  'two-digit-year',
  'month-name',
  'date-and-time',
  'date-alone',
  'blank-for-t',
  'no-seconds',
  'no-zero-before-hour',
  'twelve-hour-clock',
  'spreadsheet-date',
  'unix-time',
  'incomplete-date',
  'whole-date',
  'no-such-day',
  'zero-date',
  'open-ended',
  'placeholder-date',
] as const;

const NUMBER_KINDS = [
  'thousands-separators',
  'decimal-comma',
  'accounting-negative',
  'ten-thousands',
  'unit',
  'point-zero',
  'decimals',
  'chinese-numerals',
] as const;

const CODE_KINDS = [
  'scientific-notation',
  'digits-rounded',
  'leading-zeros-lost',
  'leading-zeros-added',
  'lower-case',
  'upper-case',
  'separators',
  'letter-for-digit',
  'credit-code',
  'organisation-code',
  'registration-number',
  'identity-number-of-15',
  'label-for-code',
  'code-with-label',
  'yes-no-word',
  'one-too-long',
  'one-too-short',
  'wrong-check-character',
  'masked',
  'latitude-first',
] as const;

const TEXT_KINDS = [
  'header-again',
  'total-line',
  'missing-word',
  'blanks-only',
  'spreadsheet-error',
  'damaged-characters',
  'formula-text',
  'apostrophe',
  'outer-blanks',
  'invisible-characters',
  'full-width',
] as const;

const RECORD_KINDS = [
  'blank-line',
  'other-delimiter',
  'trailing-comma',
  'one-cell-too-many',
  'one-cell-too-few',
  'gb18030-text',
  'nul-character',
  'unclosed-quote',
  'stray-quote',
  'blank-before-quote',
  'lone-carriage-return',
] as const;

export const KINDS = [...DATE_KINDS, ...NUMBER_KINDS, ...CODE_KINDS, ...TEXT_KINDS, ...RECORD_KINDS] as const;
export type Kind = (typeof KINDS)[number];

/** Does a value written so break the rule no more? */
export type Mends = (candidate: string) => boolean;
