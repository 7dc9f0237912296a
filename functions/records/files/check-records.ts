import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { checkChanges } from '../changes/check-changes.ts';
import { readHeader } from '../header/read-header.ts';
import type { Sha256 } from '../csv/digest.ts';
import { Output } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { Meter } from '../csv/meter.ts';
import { Window } from '../csv/window.ts';
import { extractionOf } from '../extract/extraction.ts';
import { FixFile } from '../fixes/fix-file.ts';
import { openTable } from '../formats/open-table.ts';
import { RefusedFile } from '../formats/refused-file.ts';
import { hasWarnings } from '../types/column.ts';
import { copyBase } from '../check/base.ts';
import type { CheckOptions, CheckResult, CheckSinks, Refused } from '../check/contract.ts';
import { drive } from '../check/drive.ts';
import { Engine } from '../check/engine.ts';
import { closeKeys, type Key, keysOf } from '../check/keys.ts';
import type { Opened } from '../check/opened.ts';
import { shapeOf } from '../check/shape.ts';
import { Violations } from '../check/violations.ts';

/**
 * Reads a file once, in constant memory, and checks every record. How many rejections are too many is the caller's
 * decision. Of a refused upload the rest is not read, and what the sinks already got is to be thrown away.
 * @throws what the input or a sink throws.
 */
export async function checkRecords<Digest extends object = Sha256>(
  input: AsyncIterable<Uint8Array>,
  options: CheckOptions,
  sinks: CheckSinks<Digest>,
): Promise<CheckResult<Digest>> {
  return checkWith(input, options, sinks, true);
}

/** `fast` false takes the slow way for every record: same answer, for comparison. */
export async function checkWith<Digest extends object = Sha256>(
  input: AsyncIterable<Uint8Array>,
  options: CheckOptions,
  sinks: CheckSinks<Digest>,
  fast: boolean,
): Promise<CheckResult<Digest>> {
  if (options.changes === true && options.fixes === true) throw new Error('mended records are no edits');
  if (options.changes === true && !options.schema.primaryKey) return refused(NO_PRIMARY_KEY);
  const meter = new Meter();
  const table = await openTable(meter.measure(input), options);
  if ('code' in table) return refused(table);
  const window = new Window(table.csv);
  try {
    await window.fill();
    const header = await readHeader(window, options);
    if ('code' in header) return refused(header);
    const opened = { table, window, header, meter };
    if (options.changes === true) {
      const outcome = await checkChanges(opened, options, sinks);
      return 'code' in outcome ? refused(outcome) : outcome;
    }
    const keys = keysOf(options.schema, header.columns);
    try {
      return await checkBody({ ...opened, keys }, options, sinks, fast);
    } finally {
      closeKeys(keys);
    }
  } catch (error) {
    if (error instanceof RefusedFile) return refused(error.refusal);
    throw error;
  } finally {
    await window.close();
  }
}

const refused = (refusal: UploadRefusal): Refused => ({ verdict: 'refused', refusal });

const NO_PRIMARY_KEY: UploadRefusal = {
  code: 'no-primary-key',
  detail: 'edits are found by their primary key, which this resource has not; upload the whole resource',
};

async function checkBody<Digest extends object>(
  { table, window, header, meter, keys }: Opened & { readonly keys: readonly Key[] },
  options: CheckOptions,
  sinks: CheckSinks<Digest>,
  fast: boolean,
): Promise<CheckResult<Digest>> {
  const { schema, base } = options;
  const { digester } = sinks;
  const shape = shapeOf(header.columns, options);
  const accepted = new Output(sinks.accepted, digester);
  const violations = new Violations(new Output(sinks.report, digester), hasWarnings(schema));
  const fixFile = sinks.fixes && new FixFile({ output: new Output(sinks.fixes, digester), schema, shape });
  const outputs = [accepted, violations.output, ...(fixFile ? [fixFile.output] : [])];
  const extraction = extractionOf(sinks.extracts, { schema, columns: shape.stored }, digester);
  if (!base) accepted.text(lineOf(shape.stored));
  const baseRows = base ? await copyBase(base, schema, keys, accepted, extraction) : 0;
  const engine = new Engine({
    schema,
    shape,
    keys,
    line: table.firstLine ?? 1 + header.lines,
    lines: table.lines,
    window,
    accepted,
    violations,
    fixFile,
    extraction,
    fast,
  });
  await drive(engine, { window, outputs, extraction });
  if (engine.rows.read === 0)
    return refused({ code: 'empty', detail: 'no record follows the header; send at least one' });
  const dataset = await accepted.finish();
  await violations.output.finish();
  await fixFile?.output.finish();
  return {
    verdict: 'checked',
    rows: engine.rows,
    violations: violations.summary(),
    violationsTotal: violations.total,
    reported: violations.reported,
    fixable: fixFile?.records ?? 0,
    baseRows,
    datasetRows: baseRows + engine.rows.accepted,
    columns: [...shape.stored],
    input: meter.finish(),
    dataset,
    extracts: (await extraction?.finish()) ?? [],
  };
}
