import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSink, checkRecords } from '../../../functions/records/index.ts';
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

/** One pass: the first output is the dataset of accepted rows, the others are extracts of it. */
async function check({ input, encoding, unique, extracts, out }: Job) {
  const report = await opened(reportOf(out));
  const [dataset, ...others] = await Promise.all(
    extractsOf(extracts).map(async (spec, index) => ({ spec, file: await opened(outputOf(out, index)) })),
  );
  const result = await checkRecords(
    createReadStream(input, { highWaterMark: READ_BYTES }),
    { schema: benchSchema({ unique }), format: 'csv', encoding },
    {
      accepted: fileSink(dataset!.file),
      report: fileSink(report),
      extracts: others.map(({ spec, file }) => ({ spec, sink: fileSink(file) })),
    },
  );
  if (result.verdict === 'refused') throw new Error(`the engine refused the file: ${result.refusal.detail}`);
  for (const written of result.extracts)
    if (!written.ok) throw new Error('an extract failed', { cause: written.error });
  await Promise.all([report, dataset!.file, ...others.map(({ file }) => file)].map((file) => file.close()));
  return result.rows;
}

sayResult(await check(jobOfProgram()));
