import type { FileForm } from '../read/messy-file.ts';
import type { Header } from './header-row.ts';

/** How a file is laid out: where its records are, and what their columns are called. */
export interface Layout {
  readonly form: FileForm;
  /** Rows 0 to 0 where the file has none: its columns are the fields in their order. */
  readonly header: Header;
  /** Other sheets of the workbook. */
  readonly otherSheets: readonly string[];
  /** Rows with something in them above the header. */
  readonly titles: readonly number[];
}
