import { DuckDBInstance } from '@duckdb/node-api';
import { sayResult } from '../check/job.ts';
import { type DeriveFiles, SQL } from '../derive/derive-job.ts';
import { type Task, taskOfProgram } from '../task.ts';

/** The statement as one would run it, from CSV to CSV with DuckDB's own settings; nothing is checked or hashed. */
const { people, applications, output, folder, inOrder } = taskOfProgram() as DeriveFiles & Task;
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
await connection.run(`SET temp_directory = '${folder}'`);
if (!inOrder) await connection.run('SET preserve_insertion_order = false');
for (const [name, file] of Object.entries({ people, applications }))
  await connection.run(`CREATE VIEW ${name} AS SELECT * FROM read_csv('${file}', header = true, all_varchar = true)`);
await connection.run(
  `COPY (SELECT * FROM (${SQL}) ${inOrder ? 'ORDER BY id' : ''}) TO '${output}' (FORMAT csv, HEADER)`,
);
sayResult({ accepted: 0, rejected: 0 });
