import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { type Base, copyBase } from '../check/base.ts';
import { checkRecords } from './check-records.ts';
import { type ByteSink, Output, type Written } from '../csv/output.ts';

/** The new copy. */
export interface Applied extends Written {
  readonly rows: number;
}

/**
 * Applies delivered edits to a copy of an extract, both CSV: rows are replaced in their places, new ones stand behind.
 * Keys are texts, as they are delivered. What the sink got is to be thrown away if this throws.
 * @throws what an input or the sink throws, and if these are not edits of such a copy.
 */
export async function applyChanges(
  copy: Base,
  edits: AsyncIterable<Uint8Array>,
  key: readonly string[],
  sink: ByteSink,
): Promise<Applied> {
  const schema = textsOf(copy.columns, key);
  const report = { write: () => {} };
  const options = { schema, format: 'csv', encoding: 'utf-8', changes: true, base: copy } as const;
  const result = await checkRecords(edits, options, { accepted: sink, report });
  if (result.verdict === 'refused') {
    if (result.refusal.code === 'empty') return unchanged(copy, schema, sink);
    throw new Error(`these are not edits of the copy: ${result.refusal.detail}`);
  }
  if (result.rows.rejected > 0) throw new Error(`${result.rows.rejected} of the edits are not edits of the copy`);
  return { rows: result.datasetRows, ...result.dataset };
}

async function unchanged(copy: Base, schema: TableSchema, sink: ByteSink): Promise<Applied> {
  const output = new Output(sink);
  const rows = await copyBase(copy, schema, [], output);
  return { rows, ...(await output.finish()) };
}

/** Any text is a value, the empty one too. */
const textsOf = (columns: readonly string[], key: readonly string[]): TableSchema => ({
  fields: columns.map((name) => ({ name, type: 'string', sensitivity: 'internal' })),
  missingValues: [],
  primaryKey: [...key],
});
