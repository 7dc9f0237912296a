import { checkRecords, noDigest } from '../../../functions/records/index.ts';
import { extractsOf } from '../check/extracts.ts';
import { type Job, jobOfProgram, outputOf, reportOf, sayResult } from '../check/job.ts';
import { benchSchema } from '../check/schema.ts';
import { TABLES } from '../tables/index.ts';
import { filePieces } from './file-pieces.ts';
import { WriteBehind } from './write-behind.ts';

/** One pass: the first output is the dataset of accepted rows, the others are extracts of it. The input is always hashed. */
async function check({ table, input, encoding, unique, extracts, out, digests }: Job) {
  const report = await WriteBehind.to(reportOf(out));
  const [dataset, ...others] = await Promise.all(
    extractsOf(extracts, table).map(async (spec, index) => ({
      spec,
      sink: await WriteBehind.to(outputOf(out, index)),
    })),
  );
  const result = await checkRecords(
    filePieces(input),
    { schema: unique ? benchSchema({ unique }) : TABLES[table].schema, format: 'csv', encoding },
    {
      accepted: dataset!.sink,
      report,
      extracts: others,
      digester: digests ? undefined : noDigest,
    },
  );
  if (result.verdict === 'refused') throw new Error(`the engine refused the file: ${result.refusal.detail}`);
  for (const written of result.extracts)
    if (!written.ok) throw new Error('an extract failed', { cause: written.error });
  await Promise.all([report, dataset!.sink, ...others.map(({ sink }) => sink)].map((sink) => sink.close()));
  return result.rows;
}

sayResult(await check(jobOfProgram()));
