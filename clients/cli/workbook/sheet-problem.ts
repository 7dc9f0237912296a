/** What is wrong in a workbook, and where. */
export interface SheetProblem {
  /** As the spreadsheet names it: `C12`. */
  readonly cell: string;
  /** The heading above it. */
  readonly column: string;
  readonly message: string;
}
