import { createHash } from 'node:crypto';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Encoding, RowCounts, UploadFormat, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import { type Header, readHeader } from '../csv/header.ts';
import { type ByteSink, Output, type Written } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { Window } from '../csv/window.ts';
import { gb18030ToUtf8 } from '../encoding/gb18030.ts';
import { foreignFormat, hasUtf8Bom, HEAD_BYTES } from '../encoding/magic.ts';
import { Engine } from './engine.ts';
import { Violations } from './violations.ts';

export interface CheckOptions {
  /** One that `definitionProblems` has nothing to say about. */
  readonly schema: TableSchema;
  readonly format: UploadFormat;
  readonly encoding: Encoding;
}

export interface CheckSinks {
  /** The accepted records: UTF-8 CSV with a header row. */
  readonly accepted: ByteSink;
  /** The rejection report: UTF-8 CSV. */
  readonly report: ByteSink;
}

export interface Checked {
  readonly verdict: 'checked';
  readonly rows: RowCounts;
  /** Complete, by field and rule, by first line. */
  readonly violations: ViolationCount[];
  readonly violationsTotal: number;
  /** Rows in the report. */
  readonly reported: number;
  /** In the order of the file. */
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
export async function checkRecords(input: AsyncIterable<Uint8Array>, options: CheckOptions, sinks: CheckSinks): Promise<CheckResult> {
  return checkWith(input, options, sinks, true);
}

/** `fast` false takes the slow way for every record: same answer, for comparison. */
export async function checkWith(input: AsyncIterable<Uint8Array>, options: CheckOptions, sinks: CheckSinks, fast: boolean): Promise<CheckResult> {
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

async function headerOf(window: Window, meter: Meter, { schema, encoding }: CheckOptions): Promise<Header | UploadRefusal> {
  await window.fill();
  const foreign = foreignFormat(meter.head);
  if (foreign !== undefined) return { code: 'unknown-format', detail: `the file is ${foreign}; send CSV text in UTF-8 or GB18030` };
  if (encoding === 'gb18030' && hasUtf8Bom(meter.head)) {
    return { code: 'encoding', detail: 'the file begins with the mark of UTF-8 but was announced as gb18030; announce it as utf-8' };
  }
  return readHeader(window, schema);
}

async function checkBody(
  window: Window, header: Header, meter: Meter, { schema }: CheckOptions, sinks: CheckSinks, fast: boolean,
): Promise<CheckResult> {
  const { columns } = header;
  const accepted = new Output(sinks.accepted);
  const violations = new Violations(new Output(sinks.report));
  accepted.text(lineOf(columns));
  const engine = new Engine({ schema, columns, line: 1 + header.lines, window, accepted, violations, fast });
  for (let pause = engine.run(); pause !== 'end'; pause = engine.run()) {
    if (accepted.full) await accepted.flush();
    if (violations.output.full) await violations.output.flush();
    if (pause === 'input') {
      await window.fill();
      engine.refilled();
    }
  }
  if (engine.rows.read === 0) return refused({ code: 'empty', detail: 'no record follows the header; send at least one' });
  const dataset = await accepted.finish();
  await violations.output.finish();
  return {
    verdict: 'checked', rows: engine.rows, violations: violations.summary(), violationsTotal: violations.total,
    reported: violations.reported, columns, input: meter.finish(), dataset,
  };
}

/** Length, digest and first bytes of what passes. */
class Meter {
  private bytes = 0;
  private readonly hash = createHash('sha256');
  private first = Buffer.alloc(0);

  get head(): Uint8Array {
    return this.first;
  }

  async* measure(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      this.hash.update(chunk);
      this.bytes += chunk.length;
      if (this.first.length < HEAD_BYTES) this.first = Buffer.concat([this.first, chunk.subarray(0, HEAD_BYTES)]);
      yield chunk;
    }
  }

  finish(): Written {
    return { bytes: this.bytes, sha256: this.hash.digest('base64') };
  }
}
