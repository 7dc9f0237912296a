import type { DeliveryFormat } from '../../../schemas/contracts/terms.ts';
import type { AnyOutput } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { parquetTable } from './out/parquet-table.ts';
import type { TableWriter } from './out/table-writer.ts';
import { xlsxTable } from './out/xlsx-table.ts';
import { csvLines } from './csv-lines.ts';
import type { ExtractField, LinesWriter } from './extract-field.ts';
import { jsonLines } from './json-lines.ts';
import { masked } from './mask.ts';

interface FormatWriter {
  /** @throws where a value does not fit in the format */
  readonly lines: LinesWriter;
  /** What stands behind the records. @throws as `lines` */
  readonly end?: () => void;
}

type Begin = (fields: readonly ExtractField[], output: AnyOutput) => FormatWriter;

/** How records are written: what stands before them is in the output at once. */
export const WRITERS: Readonly<Record<DeliveryFormat, Begin>> = {
  csv: (fields, output) => {
    output.text(lineOf(fields.map(({ column }) => column.name)));
    return { lines: csvLines(fields) };
  },
  ndjson: (fields) => ({ lines: jsonLines(fields) }),
  parquet: (fields, output) => tableOf(fields, parquetTable(fields, output)),
  xlsx: (fields, output) => tableOf(fields, xlsxTable(fields, output)),
};

/** Hands records on as texts. */
function tableOf(fields: readonly ExtractField[], table: TableWriter): FormatWriter {
  const lines: LinesWriter = (memory, block, count) => {
    for (let record = 0; record < count; record += 1) {
      block.first = (block.chosen[record] ?? 0) * block.width;
      table.row(
        fields.map(({ column, index, cover }) => {
          if (index < 0) return undefined;
          const text = block.text(memory.bytes, index);
          if (column.missing.has(text)) return undefined;
          return cover === undefined ? text : masked(cover, text);
        }),
      );
    }
  };
  return { lines, end: () => table.end() };
}
