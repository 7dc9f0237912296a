import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';

/** Why a file is not looked into. */
export type NoTable =
  | 'password'
  | 'old-workbook'
  | 'web-page'
  | 'xml-table'
  | 'damaged'
  | 'other-format'
  | 'empty'
  | 'no-records'
  | 'no-such-sheet'
  | 'no-such-row'
  | 'too-many-columns'
  | 'too-many-merged'
  | 'no-field';

export interface Refused {
  readonly refused: NoTable;
  /** What it is about: names of sheets, a format, the reader's own words. */
  readonly detail?: string | undefined;
}

/** What readers of formats refuse, in the words of this room. */
export const asRefused = ({ code, detail }: UploadRefusal): Refused => ({
  refused: code === 'no-such-sheet' ? 'no-such-sheet' : code === 'empty' ? 'empty' : 'damaged',
  detail,
});
