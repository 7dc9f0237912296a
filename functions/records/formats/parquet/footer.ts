import { parquetMetadata } from 'hyparquet';
import type { ColumnMetaData, SchemaElement } from 'hyparquet';
import { RefusedFile } from '../refused-file.ts';
import { damaged } from './damaged.ts';
import type { FileBytes } from './file-bytes.ts';

export interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
}

export interface RowGroup {
  readonly rows: number;
  /** In the order of the columns. */
  readonly chunks: readonly ColumnMetaData[];
}

export interface Footer {
  readonly columns: readonly ParquetColumn[];
  readonly groups: readonly RowGroup[];
}

/** Metadata of a thousand columns in a thousand row groups. */
const MAX_METADATA_BYTES = 64 * 1024 * 1024;
const TAIL_BYTES = 8;
const ENCRYPTED = 'PARE';
const encrypted = (): RefusedFile =>
  new RefusedFile('unreadable', 'the Parquet file is encrypted; send it unencrypted');

/** @throws RefusedFile if it is no Parquet file of flat columns. */
export function readFooter(file: FileBytes): Footer {
  if (file.size < 12) throw damaged();
  const tail = file.slice(file.size - TAIL_BYTES, TAIL_BYTES);
  const magic = tail.toString('latin1', 4);
  if (magic === ENCRYPTED) throw encrypted();
  const length = tail.readUInt32LE(0);
  if (magic !== 'PAR1' || length > file.size - TAIL_BYTES) throw damaged();
  if (length > MAX_METADATA_BYTES)
    throw new RefusedFile('too-large', `the metadata of the Parquet file is longer than ${MAX_METADATA_BYTES} bytes`);
  const bytes = file.slice(file.size - TAIL_BYTES - length, length + TAIL_BYTES);
  const { schema, row_groups: groups } = parquetMetadata(bytes, { geoparquet: false });
  const columns = flatColumns(schema);
  return {
    columns,
    groups: groups.map(({ columns: chunks, num_rows }) => ({
      rows: countOf(num_rows),
      chunks: columns.map(({ name }, i) => {
        const chunk = chunks[i];
        if (chunk?.crypto_metadata || chunk?.encrypted_column_metadata) throw encrypted();
        const path = chunk?.meta_data?.path_in_schema;
        if (!chunk?.meta_data || chunks.length !== columns.length || path?.length !== 1 || path[0] !== name)
          throw damaged();
        // Another file, which is not sent.
        if (chunk.file_path) throw damaged();
        return chunk.meta_data;
      }),
    })),
  };
}

function flatColumns(schema: readonly SchemaElement[]): ParquetColumn[] {
  const [root, ...elements] = schema;
  const columns = elements.map((element) => ({ name: element.name, element }));
  const nested = columns.find(
    ({ element }) => element.repetition_type === 'REPEATED' || (element.num_children ?? 0) > 0,
  );
  if (nested)
    throw new RefusedFile(
      'unreadable',
      `the column ${JSON.stringify(nested.name.slice(0, 100))} is nested or repeated; send flat columns`,
    );
  if (!root || root.num_children !== columns.length || columns.some(({ name }) => typeof name !== 'string'))
    throw damaged();
  return columns;
}

export function countOf(value: bigint): number {
  if (typeof value !== 'bigint' || value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged();
  return Number(value);
}
