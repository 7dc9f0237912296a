import { linkSync } from 'node:fs';
import { join } from 'node:path';
import { comparing } from '../../../functions/adapters/duckdb/comparing.ts';
import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { sayResult } from '../check/job.ts';
import { COMPARED, RESOURCE_COLUMNS, type VerifyFiles } from '../compare/verify-job.ts';
import { type Task, taskOfProgram } from '../task.ts';

const { list, resource, output, folder } = taskOfProgram() as VerifyFiles & Task;
const path = join(folder, 'resource.parquet');
linkSync(resource.parquet, path);
const schema = TableSchema.parse({
  fields: RESOURCE_COLUMNS.map((name) => ({ name, type: name === 'birth' ? 'date' : 'string' })),
  primaryKey: ['id'],
});
const outcome = await comparing({ memoryMb: 1200, spillMb: 10_000, threads: 2 }).run({
  kind: 'verify',
  terms: { key: ['id'], compare: COMPARED, fields: [], filter: [], mask: {}, minResult: 1, maxList: 20_000_000 },
  schema,
  resource: {
    path,
    rows: resource.rows,
    columns: RESOURCE_COLUMNS.map((field, i) => ({
      field,
      text: `t${i}`,
      ...(field === 'birth' ? { ordered: `v${i}` } : {}),
    })),
  },
  list: { path: list, format: 'csv', encoding: 'utf-8' },
  result: { path: output, format: 'csv' },
  folder,
});
if (outcome.verdict !== 'compared') throw new Error(`the comparison was ${outcome.verdict}`);
sayResult({ accepted: outcome.hits, rejected: outcome.rows.read - outcome.hits });
