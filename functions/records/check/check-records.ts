import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type {
  Encoding,
  RowCounts,
  UploadFormat,
  UploadRefusal,
  ViolationCount,
} from '../../../schemas/contracts/uploads.ts';
import { type Header, readHeader } from '../csv/header.ts';
import { type ByteSink, Output, type Written } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { Meter } from '../csv/meter.ts';
import { Window } from '../csv/window.ts';
import { gb18030ToUtf8 } from '../encoding/gb18030.ts';
import { foreignFormat, hasUtf8Bom } from '../encoding/magic.ts';
import { FixFile } from '../fixes/fix-file.ts';
import { type Base, copyBase } from './base.ts';
import { Engine } from './engine.ts';
import { keysOf } from './keys.ts';
import { shapeOf } from './shape.ts';
import { Violations } from './violations.ts';

export interface CheckOptions {
  /** One that `definitionProblems` has nothing to say about. */
  readonly schema: TableSchema;
  readonly format: UploadFormat;
  readonly encoding: Encoding;
  /** The file is a mended fix-file: its column `errors` (see `errorsColumn`) is left out. */
  readonly fixes?: boolean | undefined;
  /** The dataset that the file's records join; they may have no column that it has not. */
  readonly base?: Base | undefined;
}

export type { Base } from './base.ts';

export interface CheckSinks {
  /** The accepted records: UTF-8 CSV with a header row. */
  readonly accepted: ByteSink;
  /** The rejection report: UTF-8 CSV. */
  readonly report: ByteSink;
  /** The fix-file: rejected records as they came, and what is wrong with each. Worth keeping if `fixable` is not 0. */
  readonly fixes?: ByteSink | undefined;
}

export interface Checked {
  readonly verdict: 'checked';
  readonly rows: RowCounts;
  /** Complete, by field and rule, by first line. */
  readonly violations: ViolationCount[];
  readonly violationsTotal: number;
  /** Rows in the report. */
  readonly reported: number;
  /** Records in the fix-file. */
  readonly fixable: number;
  /** Records of the base, which stand before the file's own in the dataset; `rows` do not count them. */
  readonly baseRows: number;
  /** Of the dataset: in the order of the base, or else of the file. */
  readonly columns: string[];
  /** The file as it came. */
  readonly input: Written;
  /** What went to the accepted sink. */
  readonly dataset: Written;
}

export type CheckResult = Checked | { readonly verdict: 'refused'; readonly refusal: UploadRefusal };

/**
 * Reads a file once, in constant memory, and checks every record. How many rejections are too many is the caller's
 * decision. Of a refused upload the rest is not read, and what the sinks already got is to be thrown away.
 * @throws what the input or a sink throws.
 */
export async function checkRecords(
  input: AsyncIterable<Uint8Array>,
  options: CheckOptions,
  sinks: CheckSinks,
): Promise<CheckResult> {
  return checkWith(input, options, sinks, true);
}

/** `fast` false takes the slow way for every record: same answer, for comparison. */
export async function checkWith(
  input: AsyncIterable<Uint8Array>,
  options: CheckOptions,
  sinks: CheckSinks,
  fast: boolean,
): Promise<CheckResult> {
  const meter = new Meter();
  const measured = meter.measure(input);
  const window = new Window(options.encoding === 'gb18030' ? gb18030ToUtf8(measured) : measured);
  try {
    const header = await headerOf(window, meter, options);
    if ('code' in header) return refused(header);
    return await checkBody(window, header, meter, options, sinks, fast);
  } finally {
    await window.close();
  }
}

const refused = (refusal: UploadRefusal): CheckResult => ({ verdict: 'refused', refusal });

async function headerOf(window: Window, meter: Meter, options: CheckOptions): Promise<Header | UploadRefusal> {
  await window.fill();
  const foreign = foreignFormat(meter.head);
  if (foreign !== undefined)
    return { code: 'unknown-format', detail: `the file is ${foreign}; send CSV text in UTF-8 or GB18030` };
  if (options.encoding === 'gb18030' && hasUtf8Bom(meter.head)) {
    return {
      code: 'encoding',
      detail: 'the file begins with the mark of UTF-8 but was announced as gb18030; announce it as utf-8',
    };
  }
  return readHeader(window, options);
}

async function checkBody(
  window: Window,
  header: Header,
  meter: Meter,
  options: CheckOptions,
  sinks: CheckSinks,
  fast: boolean,
): Promise<CheckResult> {
  const { schema, base } = options;
  const shape = shapeOf(header.columns, options);
  const { columns } = shape;
  const accepted = new Output(sinks.accepted);
  const violations = new Violations(new Output(sinks.report));
  const fixFile = sinks.fixes && new FixFile({ output: new Output(sinks.fixes), schema, shape });
  const outputs = [accepted, violations.output, ...(fixFile ? [fixFile.output] : [])];
  const keys = keysOf(schema, columns);
  if (!base) accepted.text(lineOf(shape.stored));
  const baseRows = base ? await copyBase(base, schema, keys, accepted) : 0;
  const engine = new Engine({
    schema,
    shape,
    keys,
    line: 1 + header.lines,
    window,
    accepted,
    violations,
    fixFile,
    fast,
  });
  for (let pause = engine.run(); pause !== 'end'; pause = engine.run()) {
    for (const output of outputs) if (output.full) await output.flush();
    if (pause === 'input') {
      await window.fill();
      engine.refilled();
    }
  }
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
    columns: [...shape.stored],
    input: meter.finish(),
    dataset,
  };
}
