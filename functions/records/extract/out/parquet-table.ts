import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { AnyOutput } from '../../csv/output.ts';
import type { ExtractField } from '../extract-field.ts';
import { type ParquetColumn, parquetColumn } from './parquet-column.ts';
import type { TableWriter } from './table-writer.ts';

/**
 * A row group holds so much text, or so many rows: its values are in memory several times over while it is written, and
 * 16 extracts are written side by side.
 */
const GROUP_CHARACTERS = 2 * 1024 * 1024;
const GROUP_ROWS = 65_536;
/** What a value costs beside its characters. */
const VALUE_CHARACTERS = 8;

/** A Parquet file with Snappy pages; equal records make equal bytes. */
export function parquetTable(fields: readonly ExtractField[], output: AnyOutput): TableWriter {
  const columns = fields.map(parquetColumn);
  const bytes = new HandedOn(output);
  const file = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'records', num_children: columns.length }, ...columns.map(({ element }) => element)],
    createdBy: 'exchange-hub',
  });
  let group = emptyGroup(columns);
  let rows = 0;
  let characters = 0;
  const flush = (): void => {
    if (rows === 0) return;
    void file.write({
      columnData: columns.map(({ element }, i) => ({ name: element.name, data: group[i] ?? [] })),
      rowGroupSize: GROUP_ROWS,
    });
    group = emptyGroup(columns);
    rows = characters = 0;
  };
  return {
    row: (texts) => {
      for (let i = 0; i < columns.length; i += 1) {
        const text = texts[i];
        characters += VALUE_CHARACTERS + (text?.length ?? 0);
        group[i]?.push(text === undefined ? null : columns[i]?.valueOf(text));
      }
      rows += 1;
      if (rows >= GROUP_ROWS || characters >= GROUP_CHARACTERS) flush();
    },
    end: () => {
      flush();
      void file.finish();
    },
  };
}

const emptyGroup = (columns: readonly ParquetColumn[]): unknown[][] => columns.map(() => []);

/** Hands on what is written, group by group. */
class HandedOn extends ByteWriter {
  private readonly output: AnyOutput;

  constructor(output: AnyOutput) {
    super();
    this.output = output;
  }

  flush(): void {
    const bytes = this.getBytes();
    this.output.append(bytes, 0, bytes.length);
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}
