import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { extractsOf } from '../check/extracts.ts';
import { type Job, jobOfProgram, outputOf, reportOf, sayResult } from '../check/job.ts';
import { TABLES } from '../tables/index.ts';
import { countSql, extractSql, LEGAL_ENTITY_RULES, loadSql, reportSql, uniqueSql } from './duckdb-sql.ts';
import { rulesOf } from './duckdb-table.ts';

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
  const rules = job.table === 'legal-entities' ? LEGAL_ENTITY_RULES : rulesOf(TABLES[job.table]);
  await connection.run(loadSql(rules, await utf8Of(job), job.unique));
  if (job.unique) await connection.run(uniqueSql);
  for (const [index, spec] of extractsOf(job.extracts, job.table).entries())
    await connection.run(extractSql(spec, outputOf(job.out, index)));
  await connection.run(reportSql(rules.columns, reportOf(job.out)));
  const [counts] = (await connection.runAndReadAll(countSql)).getRowObjects();
  connection.closeSync();
  instance.closeSync();
  return { accepted: Number(counts?.['accepted']), rejected: Number(counts?.['rejected']) };
}

sayResult(await check(jobOfProgram()));
