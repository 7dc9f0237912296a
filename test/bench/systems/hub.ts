import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSink, checkRecords, writeExtracts } from '../../../functions/records/index.ts';
import { extractsOf } from '../check/extracts.ts';
import { type Job, jobOfProgram, outputOf, reportOf, sayResult } from '../check/job.ts';
import { benchSchema } from '../check/schema.ts';

const READ_BYTES = 1024 * 1024;

const fileSink = (file: FileHandle): ByteSink => ({
  async write(chunk) {
    await file.write(chunk);
  },
});

const opened = (path: string): Promise<FileHandle> => open(path, 'w');

async function check({ input, encoding, unique, extracts, out }: Job) {
  const schema = benchSchema(unique);
  const read = (file: string) => createReadStream(file, { highWaterMark: READ_BYTES });
  const files = await Promise.all(extractsOf(extracts).map((_, index) => opened(outputOf(out, index))));
  const [dataset, ...others] = files;
  const report = await opened(reportOf(out));
  const result = await checkRecords(
    read(input),
    { schema, format: 'csv', encoding },
    { accepted: fileSink(dataset!), report: fileSink(report) },
  );
  if (result.verdict === 'refused') throw new Error(`the engine refused the file: ${result.refusal.detail}`);
  if (others.length > 0) {
    const requests = extractsOf(extracts)
      .slice(1)
      .map((spec, index) => ({ spec, sink: fileSink(others[index]!) }));
    for (const written of await writeExtracts(read(outputOf(out, 0)), { schema, columns: result.columns }, requests))
      if (!written.ok) throw new Error('an extract failed', { cause: written.error });
  }
  await Promise.all([...files, report].map((file) => file.close()));
  return result.rows;
}

sayResult(await check(jobOfProgram()));
