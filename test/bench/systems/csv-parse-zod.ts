import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Info, parse } from 'csv-parse';
import { type Stringifier, stringify } from 'csv-stringify';
import type { z } from 'zod';
import { extractsOf } from '../check/extracts.ts';
import { type Job, jobOfProgram, outputOf, reportOf, sayResult } from '../check/job.ts';
import { rowExtract } from './row-extract.ts';
import { TABLES } from '../tables/index.ts';
import { Row as LegalEntity } from './zod-row.ts';
import { rowOf } from './zod-table.ts';

/** A file written row by row, with the backpressure of its stream. */
class CsvFile {
  readonly #rows: Stringifier;
  readonly #done: Promise<void>;

  constructor(path: string, columns: readonly string[]) {
    this.#rows = stringify();
    this.#done = pipeline(this.#rows, createWriteStream(path));
    this.#rows.write(columns);
  }

  /** A promise only where the writer must wait: awaiting every row would cost more than writing it. */
  write(cells: readonly string[]): Promise<unknown> | undefined {
    return this.#rows.write(cells) ? undefined : once(this.#rows, 'drain');
  }

  async close(): Promise<void> {
    this.#rows.end();
    await this.#done;
  }
}

function textOf({ input, encoding }: Job): Readable {
  const bytes = createReadStream(input);
  if (encoding === 'utf-8') return bytes;
  return Readable.fromWeb(Readable.toWeb(bytes).pipeThrough(new TextDecoderStream(encoding)) as never);
}

async function check(job: Job) {
  const Row: z.ZodType<Record<string, string>> =
    job.table === 'legal-entities' ? LegalEntity : rowOf(TABLES[job.table]);
  const outputs = extractsOf(job.extracts, job.table).map((spec, index) => ({
    take: rowExtract(spec),
    file: new CsvFile(outputOf(job.out, index), spec.fields),
  }));
  const report = new CsvFile(reportOf(job.out), ['line', 'field', 'rule']);
  const seen = new Set<string>();
  let accepted = 0;
  let rejected = 0;
  const parser = parse({
    columns: true,
    info: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      rejected += 1;
      void report.write([String(error instanceof CsvError ? error['lines'] : ''), '', error?.code ?? '']);
    },
  });
  const reading = pipeline(textOf(job), parser);
  for await (const { record, info } of parser as AsyncIterable<{ record: unknown; info: Info }>) {
    const row = Row.safeParse(record);
    const repeated = job.unique && row.success && seen.has(row.data['org_code']!);
    if (!row.success || repeated) {
      rejected += 1;
      const issues = row.success ? [{ path: ['org_code'], message: 'unique' }] : row.error.issues;
      for (const { path, message } of issues) await report.write([String(info.lines), path.join('.'), message]);
      continue;
    }
    accepted += 1;
    if (job.unique) seen.add(row.data['org_code']!);
    for (const { take, file } of outputs) {
      const cells = take(row.data);
      const full = cells && file.write(cells);
      if (full) await full;
    }
  }
  await reading;
  await Promise.all([...outputs.map(({ file }) => file.close()), report.close()]);
  return { accepted, rejected };
}

sayResult(await check(jobOfProgram()));
