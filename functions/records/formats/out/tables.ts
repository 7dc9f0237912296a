import type { ExtractField, LinesWriter } from '../../extract/extract-field.ts';
import type { AnyOutput } from '../../csv/output.ts';
import { masked } from '../../extract/mask.ts';
import { parquetTable } from './parquet-table.ts';
import type { TableWriter } from './table-writer.ts';
import { xlsxTable } from './xlsx-table.ts';

/** @throws from `row` and `end`, where a value does not fit in the format. */
export const TABLE_WRITERS: Readonly<
  Record<'parquet' | 'xlsx', (fields: readonly ExtractField[], output: AnyOutput) => TableWriter>
> = { parquet: parquetTable, xlsx: xlsxTable };

/** Hands records on as texts. */
export function tableLines(fields: readonly ExtractField[], table: TableWriter): LinesWriter {
  return (memory, block, count) => {
    for (let record = 0; record < count; record += 1) {
      block.first = (block.chosen[record] ?? 0) * block.width;
      table.row(
        fields.map(({ column, index, mask }) => {
          if (index < 0) return undefined;
          const text = block.text(memory.bytes, index);
          if (column.missing.has(text)) return undefined;
          return mask === undefined ? text : masked(mask, text);
        }),
      );
    }
  };
}
