import type { Judged } from '../../../functions/records/index.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Cleaned } from './cleaned-file.ts';

/** A file that was cleaned, with the verdict on what came of it. */
export interface CleanResult {
  readonly cleaned: Cleaned;
  readonly judged: Judged;
  readonly schema: TableSchema;
  readonly file: string;
  readonly written: string | undefined;
  /** Its records were right as they were. */
  readonly isRight: boolean;
}

/** The same for programs. */
export function cleanDocument({
  cleaned: { diagnosis, applied },
  judged,
  file,
  written,
  isRight,
}: CleanResult): object {
  const { layout, plan } = diagnosis;
  const { state, resourceId, rows, violations, refusal } = judged;
  return {
    file,
    isRight,
    layout: {
      ...layout.form,
      header: { first: layout.header.first, last: layout.header.last },
      titles: layout.titles,
      otherSheets: layout.otherSheets,
    },
    columns: plan.matches,
    changes: applied.changes.map(({ field, by, places }) => ({
      field,
      mending: by,
      count: places.count,
      cells: places.first,
    })),
    cells: applied.first,
    leftOut: [...applied.leftOut].map(([as, { count, first }]) => ({ as, count, rows: first })),
    wrong: applied.wrong.map(({ field, by, places }) => ({ field, ...by, count: places.count, cells: places.first })),
    brokenRows: { count: applied.brokenRows.count, rows: applied.brokenRows.first },
    state,
    resourceId,
    rows,
    violations,
    refusal,
    written,
  };
}
