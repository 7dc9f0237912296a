import { lineOf } from '../csv/quoting.ts';
import { COMMA } from '../csv/scanner.ts';
import { csvLines } from '../extract/csv-lines.ts';
import type { ExtractField, LinesWriter } from '../extract/extract-field.ts';
import { jsonLines } from '../extract/json-lines.ts';
import type { EditFormat } from '../formats/natures.ts';
import { OP_COLUMN, type Op } from '../header/op.ts';

/** How edits are written: each is the line of its row with the operation in front. */
export interface EditForm {
  readonly lines: (fields: readonly ExtractField[]) => LinesWriter;
  /** What stands before the first edit. */
  readonly head: (fields: readonly string[]) => string;
  readonly opening: (op: Op) => string;
  /** What the first byte of the row's line becomes behind the opening. */
  readonly joint: number | undefined;
  /** Rows that differ in nothing but quotes are equal. */
  readonly hasQuotes: boolean;
}

export const EDIT_FORMS: Readonly<Record<EditFormat, EditForm>> = {
  csv: {
    lines: csvLines,
    head: (fields) => lineOf([OP_COLUMN, ...fields]),
    opening: (op) => `${op},`,
    joint: undefined,
    hasQuotes: true,
  },
  ndjson: {
    lines: jsonLines,
    head: () => '',
    opening: (op) => `{"${OP_COLUMN}":"${op}"`,
    // The object has begun already: what was its brace stands between two members.
    joint: COMMA,
    hasQuotes: false,
  },
};
