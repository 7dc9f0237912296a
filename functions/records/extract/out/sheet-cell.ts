import type { ExtractField } from '../extract-field.ts';
import type { Decimal } from '../../types/decimal.ts';
import { daysFromCivil, type Moment } from '../../types/moment.ts';
import { storedValue } from '../../types/stored-value.ts';
import { UnfitExtract } from './unfit.ts';

/** Styles of `xl/styles.xml`, in its order. */
export const STYLES = { plain: 0, marked: 1, date: 2, datetime: 3, time: 4 } as const;

/** The XML of a cell at a place such as `B5`. @throws if the text is longer than a cell holds. */
export type CellXml = (place: string, text: string) => string;

const EPOCH = daysFromCivil(1899, 12, 30);
/** 1900-03-01: before it spreadsheets count a day that was not. */
const FIRST_SERIAL = 61;
const LAST_SERIAL = 2_958_465;
/** Spreadsheets keep numbers as doubles and show 15 digits of them. */
const MAX_DIGITS = 15;
export const MAX_CELL_CHARACTERS = 32_767;

/** A number, a date or a truth value as such, where a spreadsheet keeps it whole; all else as text. */
export function cellXml({ column, cover }: ExtractField): CellXml {
  const { field, name } = column;
  const text: CellXml = (place, value) => textCell(place, value, name);
  if (cover !== undefined) return text;
  const of =
    (cell: (place: string, value: unknown) => string | undefined): CellXml =>
    (place, value) =>
      cell(place, storedValue(column, value)) ?? text(place, value);
  switch (field.type) {
    case 'integer':
    case 'number':
      return of((place, value) => numberCell(place, value as Decimal));
    case 'boolean':
      return of((place, value) => `<c r="${place}" t="b"><v>${value === true ? 1 : 0}</v></c>`);
    case 'date':
      return of((place, value) => serialCell(place, value as Moment, STYLES.date));
    case 'datetime':
      return of((place, value) => serialCell(place, value as Moment, STYLES.datetime));
    case 'time':
      return of((place, value) => serialCell(place, { ...(value as Moment), days: EPOCH }, STYLES.time));
    default:
      return text;
  }
}

const numberCell = (place: string, { special, digits, magnitude, json }: Decimal): string | undefined =>
  special !== undefined || digits.length > MAX_DIGITS || Math.abs(magnitude) > 300
    ? undefined
    : `<c r="${place}"><v>${json}</v></c>`;

function serialCell(place: string, { days, seconds, fraction }: Moment, style: number): string | undefined {
  const day = days - EPOCH;
  if (fraction.length > 3 || (style !== STYLES.time && !(day >= FIRST_SERIAL && day <= LAST_SERIAL))) return undefined;
  const serial = day + (seconds + Number(fraction === '' ? 0 : `0.${fraction}`)) / 86_400;
  return `<c r="${place}" s="${style}"><v>${serial}</v></c>`;
}

/**
 * A spreadsheet does not evaluate the text of an `inlineStr` cell when it opens the file. It would, of a text that begins
 * like a formula, once somebody edits the cell: such a text has the mark (`quotePrefix`) of one that was typed in as text.
 */
export const FORMULA = /^[=+\-@\t\r\n|%]/;

export function textCell(place: string, text: string, name: string): string {
  if (text.length > MAX_CELL_CHARACTERS)
    throw new UnfitExtract(
      `a value of the field ${JSON.stringify(name)} is longer than a cell of a workbook holds; agree on csv or ndjson`,
    );
  const style = FORMULA.test(text) ? ` s="${STYLES.marked}"` : '';
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Characters that XML does not have are written as ECMA-376's ST_Xstring does, and what looks like such an escape too. */
export const xmlText = (text: string): string =>
  text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[&<>]/g, (char) => ESCAPES[char] ?? char)
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (char) => {
      const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      return `_x${code}_`;
    });
