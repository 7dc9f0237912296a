import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Encoding, UploadFormat, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import { drive } from '../check/drive.ts';
import { Engine } from '../check/engine.ts';
import { shapeOf } from '../check/shape.ts';
import { Violations } from '../check/violations.ts';
import { noDigest } from '../csv/digest.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { Window } from '../csv/window.ts';
import { openTable } from '../formats/open-table.ts';
import { RefusedFile } from '../formats/refused-file.ts';
import { readNames } from '../header/read-header.ts';
import { keyDigests } from './key-digests.ts';
import { KeyLines, ListTooLong } from './key-lines.ts';
import { keyTexts } from './key-texts.ts';
import { type ColumnsFault, formsSchema, type ListedField, listedFields, textSchema } from './list-columns.ts';
import type { ComparedText } from './ordered-cell.ts';

export interface ListOptions {
  /** Of the resource. */
  readonly schema: TableSchema;
  /** Its fields by which records are found, and those that are compared beside them. */
  readonly key: readonly string[];
  readonly compare: readonly string[];
  /** What the list calls a field, by field; the field's own name where it says nothing. */
  readonly names: Readonly<Record<string, string>>;
  readonly format: UploadFormat;
  readonly encoding: Encoding;
  /** Of a workbook: the sheet with the list; the first if left out. */
  readonly sheet?: string | undefined;
  /** Records that it may have. */
  readonly most: number;
  /** What is compared of a field's text; its ordered text if left out. */
  readonly textOf?: ComparedText | undefined;
  /** Writes keyed digests of keys in the place of texts (`keyedDigest`), and nothing of what is compared. */
  readonly secret?: Uint8Array | undefined;
}

export interface ListSinks {
  /** The list as CSV in UTF-8 with its header, cells as they came: a dataset all of whose fields are texts. */
  readonly records: ByteSink;
  /** See `KeyLines`. */
  readonly keys: ByteSink;
}

export interface ReadList {
  readonly verdict: 'read';
  readonly columns: readonly string[];
  /** What the columns of the key and of what is compared are called, in the order of the fields. */
  readonly fields: readonly ListedField[];
  /** `records`: what the sink got. `rejected`: what is no record, and stands nowhere. `invalid`: those without a line of keys. */
  readonly rows: { readonly records: number; readonly rejected: number; readonly invalid: number };
  /** What the rejected ones break, without any value. */
  readonly rejections: readonly ViolationCount[];
}

export type ListOutcome =
  | ReadList
  | { readonly verdict: 'refused'; readonly refusal: UploadRefusal | ColumnsFault | { readonly fault: 'too-long' } };

/**
 * Reads a list in any format of uploads, in constant memory. It is opened twice, for its names and for its records; the
 * members of NDJSON are those of its first 1,000 objects.
 * @param open begins anew at each call
 * @throws what the input or a sink throws.
 */
export async function readList(
  open: () => AsyncIterable<Uint8Array>,
  options: ListOptions,
  sinks: ListSinks,
): Promise<ListOutcome> {
  try {
    const columns = await namesOf(open(), options);
    if ('code' in columns) return refused(columns);
    const { key, compare, names, schema } = options;
    const fields = listedFields(columns, [...key, ...compare], names, schema);
    if ('fault' in fields) return refused(fields);
    return await readRecords(open(), { ...options, columns, fields }, sinks);
  } catch (error) {
    if (error instanceof RefusedFile) return refused(error.refusal);
    if (error instanceof ListTooLong) return refused({ fault: 'too-long' });
    throw error;
  }
}

const refused = (refusal: Extract<ListOutcome, { verdict: 'refused' }>['refusal']): ListOutcome => ({
  verdict: 'refused',
  refusal,
});

async function namesOf(
  input: AsyncIterable<Uint8Array>,
  options: Pick<ListOptions, 'format' | 'encoding' | 'sheet'>,
): Promise<readonly string[] | UploadRefusal> {
  const { format, encoding, sheet } = options;
  const table = await openTable(input, { format, encoding, sheet });
  if ('code' in table) return table;
  const window = new Window(table.csv);
  try {
    await window.fill();
    const header = await readNames(window);
    return 'code' in header ? header : header.columns;
  } finally {
    await window.close();
  }
}

interface Known extends ListOptions {
  readonly columns: readonly string[];
  readonly fields: readonly ListedField[];
}

async function readRecords(input: AsyncIterable<Uint8Array>, list: Known, sinks: ListSinks): Promise<ListOutcome> {
  const { columns, fields, key, schema, format, encoding, sheet, most, textOf, secret } = list;
  const table = await openTable(input, { format, encoding, sheet, schema: formsSchema(columns, fields, schema) });
  if ('code' in table) return refused(table);
  const window = new Window(table.csv);
  try {
    await window.fill();
    const header = await readNames(window);
    if ('code' in header) return refused(header);
    const texts = textSchema(columns);
    const shape = shapeOf(columns, { schema: texts });
    const accepted = new Output(sinks.records, noDigest);
    accepted.text(lineOf(columns));
    const violations = new Violations(new Output(NOWHERE, noDigest));
    const of = { key: fields.slice(0, key.length), compare: fields.slice(key.length), schema, textOf };
    const keys = new KeyLines({ behind: secret ? keyDigests(of, secret) : keyTexts(of), most }, sinks.keys);
    const engine = new Engine({
      schema: texts,
      shape,
      keys: [],
      line: table.firstLine ?? 1 + header.lines,
      lines: table.lines,
      window,
      accepted,
      violations,
      fixFile: undefined,
      extraction: keys,
      fast: true,
    });
    await drive(engine, { window, outputs: [accepted, violations.output], extraction: keys });
    const { rows } = engine;
    if (rows.read > most) return refused({ fault: 'too-long' });
    if (rows.read === 0) return refused({ code: 'empty', detail: 'no record follows the header; send at least one' });
    await accepted.finish();
    await keys.output.finish();
    return {
      verdict: 'read',
      columns,
      fields,
      rows: { records: rows.accepted, rejected: rows.rejected, invalid: keys.invalid },
      rejections: violations.summary(),
    };
  } finally {
    await window.close();
  }
}

const NOWHERE: ByteSink = { write: () => {} };
