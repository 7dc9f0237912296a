import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { streamXlsxRows, writeXlsxStream } from 'hucre/xlsx';
import { LEGAL_ENTITY_COLUMNS as COLUMNS } from '../../support/legal-entities.ts';
import { sayResult } from '../check/job.ts';
import { type FormatJob, formatJobOfProgram } from '../formats/format-job.ts';
import { Row } from './zod-row.ts';

type Cells = Readonly<Record<string, string>>;

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'string' ? value : JSON.stringify(value);
};
const cellsOf = (values: readonly unknown[]): Cells =>
  Object.fromEntries(COLUMNS.map((name, i) => [name, textOf(values[i])]));

async function* ndjson(input: string): AsyncGenerator<Cells> {
  for await (const line of createInterface({ input: createReadStream(input), crlfDelay: Number.POSITIVE_INFINITY })) {
    const value = JSON.parse(line) as Record<string, unknown>;
    yield cellsOf(COLUMNS.map((name) => value[name]));
  }
}

async function* xlsx(input: string): AsyncGenerator<Cells> {
  const stream = Readable.toWeb(createReadStream(input)) as unknown as ReadableStream<Uint8Array>;
  for await (const { index, values } of streamXlsxRows(stream)) if (index > 0) yield cellsOf(values);
}

const csv = (input: string): AsyncIterable<Cells> => createReadStream(input).pipe(parse({ columns: true }));

/** A promise only where the writer must wait. */
const put = (file: Writable, cells: readonly string[]): Promise<unknown> | undefined =>
  file.write(cells) ? undefined : once(file, 'drain');

async function check(rows: AsyncIterable<Cells>, output: string, report: string) {
  const [good, bad] = [stringify(), stringify()];
  const done = [pipeline(good, createWriteStream(output)), pipeline(bad, createWriteStream(report))];
  good.write([...COLUMNS]);
  const counts = { accepted: 0, rejected: 0 };
  for await (const cells of rows) {
    const row = Row.safeParse(cells);
    if (row.success) {
      counts.accepted += 1;
      await put(
        good,
        COLUMNS.map((name) => cells[name] ?? ''),
      );
      continue;
    }
    counts.rejected += 1;
    for (const { path, message } of row.error.issues) await put(bad, [path.join('.'), message]);
  }
  good.end();
  bad.end();
  await Promise.all(done);
  return counts;
}

/** The dataset in a map by its key, the edits into it, and out again. */
async function merge({ input, base, output }: FormatJob) {
  const rows = new Map<string, Cells>();
  for await (const cells of csv(base)) rows.set(cells['org_code'] ?? '', cells);
  const counts = { accepted: 0, rejected: 0 };
  for await (const { _op, ...cells } of csv(input)) {
    if (_op === 'delete') rows.delete(cells['org_code'] ?? '');
    else if (Row.safeParse(cells).success) rows.set(cells['org_code'] ?? '', cells);
    else {
      counts.rejected += 1;
      continue;
    }
    counts.accepted += 1;
  }
  const file = stringify();
  const done = pipeline(file, createWriteStream(output));
  file.write([...COLUMNS]);
  for (const cells of rows.values())
    await put(
      file,
      COLUMNS.map((name) => cells[name] ?? ''),
    );
  file.end();
  await done;
  return counts;
}

async function workbook({ input, output }: FormatJob) {
  let accepted = 0;
  async function* rows() {
    yield [...COLUMNS];
    for await (const cells of csv(input)) {
      accepted += 1;
      yield COLUMNS.map((name) => {
        const text = cells[name] ?? '';
        if (text === '') return null;
        if (name === 'capital') return Number(text);
        return name === 'approved_on' ? new Date(text) : text;
      });
    }
  }
  const stream = writeXlsxStream(rows(), { name: 'records', inlineStrings: true });
  await pipeline(Readable.fromWeb(stream as never), createWriteStream(output));
  return { accepted, rejected: 0 };
}

async function run(job: FormatJob) {
  if (job.task === 'changes-in') return merge(job);
  if (job.task === 'xlsx-out') return workbook(job);
  return check(job.task === 'xlsx-in' ? xlsx(job.input) : ndjson(job.input), job.output, job.report);
}

sayResult(await run(formatJobOfProgram()));
