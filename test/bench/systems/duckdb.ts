import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { extractsOf } from '../check/extracts.ts';
import { type Job, jobOfProgram, outputOf, reportOf, sayResult } from '../check/job.ts';
import { countSql, extractSql, loadSql, reportSql, uniqueSql } from './duckdb-sql.ts';

/** DuckDB reads other encodings with an extension that it would fetch from the network: here it is given UTF-8. */
async function utf8Of({ input, encoding, out }: Job): Promise<string> {
  if (encoding === 'utf-8') return input;
  const converted = join(out, 'utf8.csv');
  const text = Readable.toWeb(createReadStream(input)).pipeThrough(new TextDecoderStream(encoding));
  await pipeline(Readable.fromWeb(text as never), createWriteStream(converted));
  return converted;
}

async function check(job: Job) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(job.threads) });
  const connection = await instance.connect();
  await connection.run(loadSql(await utf8Of(job), job.unique));
  if (job.unique) await connection.run(uniqueSql);
  for (const [index, spec] of extractsOf(job.extracts).entries())
    await connection.run(extractSql(spec, outputOf(job.out, index)));
  await connection.run(reportSql(reportOf(job.out)));
  const [counts] = (await connection.runAndReadAll(countSql)).getRowObjects();
  connection.closeSync();
  instance.closeSync();
  return { accepted: Number(counts?.['accepted']), rejected: Number(counts?.['rejected']) };
}

sayResult(await check(jobOfProgram()));
