import { DatasetReader } from '../../functions/records/csv/dataset-reader.ts';
import type { EditFormat } from '../../functions/records/formats/natures.ts';

/** Cells of a row in the order of the columns: their text; null is NDJSON's. */
export type Row = readonly (string | null)[];

/**
 * The rows of a delivery's content.
 *
 * @throws if it is not CSV with exactly these columns, or not NDJSON
 */
export const rowsOf = (
  input: AsyncIterable<Uint8Array>,
  columns: readonly string[],
  format: EditFormat,
): AsyncGenerator<Row> => READERS[format](input, columns);

const READERS: Readonly<Record<EditFormat, typeof csvRows>> = { csv: csvRows, ndjson: ndjsonRows };

async function* csvRows(input: AsyncIterable<Uint8Array>, columns: readonly string[]): AsyncGenerator<Row> {
  const reader = new DatasetReader(input, columns);
  try {
    await reader.header();
    while (!reader.done) {
      while (reader.next()) yield columns.map((_, index) => reader.cells.text(reader.window.bytes, index));
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
}

async function* ndjsonRows(input: AsyncIterable<Uint8Array>, columns: readonly string[]): AsyncGenerator<Row> {
  for await (const line of lines(input)) yield rowOn(line, columns);
}

/** The row on a line of NDJSON. */
export function rowOn(line: string, columns: readonly string[]): Row {
  const members = JSON.parse(line, asWritten as Reviver) as Readonly<Record<string, string | null>>;
  return columns.map((name) => (Object.hasOwn(members, name) ? (members[name] ?? null) : null));
}

type Reviver = NonNullable<Parameters<typeof JSON.parse>[1]>;

/** A number is more than its nearest double: 2.50 stays so, and so do twenty digits. */
const asWritten = (_name: string, value: unknown, { source }: { readonly source?: string }): unknown =>
  typeof value === 'number' || typeof value === 'boolean' ? source : value;

async function* lines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of input) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
