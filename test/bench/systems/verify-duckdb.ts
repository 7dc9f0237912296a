import { DuckDBInstance } from '@duckdb/node-api';
import { sayResult } from '../check/job.ts';
import { COMPARED, type VerifyFiles } from '../compare/verify-job.ts';
import { type Task, taskOfProgram } from '../task.ts';

/** The join that one would write, with DuckDB's own settings: rows as they came, in their order where that is asked for. */
const { list, resource, output, folder, inOrder } = taskOfProgram() as VerifyFiles & Task;
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
await connection.run(`SET temp_directory = '${folder}'`);
if (!inOrder) await connection.run('SET preserve_insertion_order = false');
const PLACES = { name: 't1', birth: 't2', division: 't3' } as const;
const differs = COMPARED.map((name) => `CASE WHEN l.${name} IS DISTINCT FROM r.${PLACES[name]} THEN '${name}' END`);
const columns = ['id', ...COMPARED, 'application', 'remark'];
await connection.run(`COPY (
  SELECT ${columns.join(', ')},
    CASE WHEN k IS NULL THEN 'absent' WHEN d = '' THEN 'match' ELSE 'mismatch' END AS _result,
    CASE WHEN k IS NULL THEN NULL ELSE d END AS _differs
  FROM (
    SELECT l.*, r.k, concat_ws('+', ${differs.join(', ')}) AS d
    FROM (SELECT *${inOrder ? ', row_number() OVER () AS place' : ''} FROM read_csv('${list}', header = true, all_varchar = true)) l
    LEFT JOIN read_parquet('${resource.parquet}') r ON l.id = r.k
  ) ${inOrder ? 'ORDER BY place' : ''}
) TO '${output}' (FORMAT csv, HEADER)`);
sayResult({ accepted: 0, rejected: 0 });
