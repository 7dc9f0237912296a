import { isUtf8 } from 'node:buffer';
import { COMMA, UNCLOSED_QUOTE } from '../csv/scanner.ts';
import type { Kind } from './codes.ts';
import { beginsNoRecord } from './lines.ts';

/** Enough of a record to see how it is written. */
const LOOKED_AT = 4096;
const headOf = (record: Buffer): string => record.toString('utf8', 0, Math.min(record.length, LOOKED_AT));

/** A record of another number of cells than the header has. */
export function columnsKind(record: Buffer, count: number, width: number): Kind | undefined {
  if (record.length === 0) return 'blank-line';
  const head = headOf(record);
  if (beginsNoRecord(head)) return 'total-line';
  if (count === 1 && /[;\t|，；]/.test(head)) return 'other-delimiter';
  if (surplusIsEmpty(record, count - width)) return 'trailing-comma';
  if (count === width + 1) return 'one-cell-too-many';
  return count === width - 1 ? 'one-cell-too-few' : undefined;
}

const surplusIsEmpty = (record: Buffer, surplus: number): boolean =>
  surplus > 0 && surplus <= record.length && record.subarray(-surplus).every((byte) => byte === COMMA);

/** A record that is no UTF-8, or has NUL in it. */
export function encodingKind(record: Buffer): Kind | undefined {
  if (isUtf8(record)) return 'nul-character';
  return textOfGb18030(record) === undefined ? undefined : 'gb18030-text';
}

const gb18030 = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true });

/**
 * A record of GB18030 in a file of UTF-8, decoded; undefined where it does not look like one. Most bytes have some
 * meaning in GB18030: it is not believed where more characters are good UTF-8 than are not.
 */
export function textOfGb18030(record: Buffer): string | undefined {
  const loose = record.toString('utf8');
  const bad = loose.split('\uFFFD').length - 1;
  const good = loose.length - bad - loose.replaceAll(/\P{ASCII}/gu, '').length;
  if (bad <= good) return undefined;
  try {
    return gb18030.decode(record);
  } catch {
    return undefined;
  }
}

/** @param fault the scanner's */
export function quoteKind(record: Buffer, fault: number): Kind {
  if ((fault & UNCLOSED_QUOTE) !== 0) return 'unclosed-quote';
  const head = headOf(record);
  if (/\r(?!\n)/.test(head)) return 'lone-carriage-return';
  return /(?:^|,)[ \t\u3000]+"/.test(head) ? 'blank-before-quote' : 'stray-quote';
}
