import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { checkRecords, noDigest, writeExtracts } from '../../../functions/records/index.ts';
import { LEGAL_ENTITY_COLUMNS as COLUMNS } from '../../support/legal-entities.ts';
import { sayResult } from '../check/job.ts';
import { benchSchema } from '../check/schema.ts';
import { type FormatJob, formatJobOfProgram } from '../formats/format-job.ts';
import { filePieces } from './file-pieces.ts';
import { WriteBehind } from './write-behind.ts';

const FORMATS = { 'ndjson-in': 'ndjson', 'xlsx-in': 'xlsx', 'parquet-in': 'parquet', 'changes-in': 'csv' } as const;

async function check({ task, input, base, output, report }: FormatJob & { readonly task: keyof typeof FORMATS }) {
  const accepted = await WriteBehind.to(output);
  const rejected = await WriteBehind.to(report);
  const changes = task === 'changes-in';
  const result = await checkRecords(
    filePieces(input),
    {
      schema: benchSchema({ keyed: changes }),
      format: FORMATS[task],
      encoding: 'utf-8',
      ...(changes && {
        changes,
        base: { input: { [Symbol.asyncIterator]: () => filePieces(base) }, columns: COLUMNS },
      }),
    },
    { accepted, report: rejected, digester: noDigest },
  );
  if (result.verdict === 'refused') throw new Error(`the engine refused the file: ${result.refusal.detail}`);
  await Promise.all([accepted.close(), rejected.close()]);
  return result.rows;
}

/** Extracts are always hashed: a digest goes with each that is delivered. */
async function write({ task, input, output }: FormatJob) {
  const sink = await WriteBehind.to(output);
  const format: ExtractSpec['format'] = task === 'xlsx-out' ? 'xlsx' : 'parquet';
  const spec: ExtractSpec = { fields: [...COLUMNS], filter: [], mask: {}, format };
  const [result] = await writeExtracts(filePieces(input), { schema: benchSchema({}), columns: COLUMNS }, [
    { spec, sink },
  ]);
  await sink.close();
  if (result?.ok !== true) throw new Error('the extract failed', { cause: result?.error });
  return { accepted: result.rows, rejected: 0 };
}

const job = formatJobOfProgram();
const { task } = job;
sayResult(await (task === 'xlsx-out' || task === 'parquet-out' ? write(job) : check({ ...job, task })));
