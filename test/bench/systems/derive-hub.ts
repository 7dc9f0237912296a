import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { openWorkshop } from '../../../functions/adapters/duckdb/workshop.ts';
import { LIMITS } from '../../../functions/derive/domain/limits.ts';
import { checkRecords } from '../../../functions/records/index.ts';
import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { sayResult } from '../check/job.ts';
import { type DeriveFiles, SQL } from '../derive/derive-job.ts';
import { type Task, taskOfProgram } from '../task.ts';

/** What a run does between its objects: cuts its inputs, runs the statement, checks what it gave, hashes all of it. */
const { people, applications, output, folder } = taskOfProgram() as DeriveFiles & Task;
process.env['TMPDIR'] = folder;
const limits = { ...LIMITS, memoryMb: 2200, spillMb: 5000 };
const texts = (...names: string[]) => names.map((name) => ({ name, type: name === 'birth' ? 'date' : 'string' }));
const inputs = {
  people: { file: people, schema: schemaOf(texts('id', 'name', 'birth', 'division', 'address')) },
  applications: {
    file: applications,
    schema: schemaOf(texts('id', 'name', 'birth', 'division', 'application', 'remark')),
  },
};
const schema = schemaOf([...texts('id', 'name', 'division', 'application'), { name: 'same', type: 'boolean' }]);

const workshop = await openWorkshop(limits);
const fields: Record<string, string[]> = {};
for (const [name, { file, schema: of }] of Object.entries(inputs)) {
  const columns = of.fields.map((field) => field.name);
  const input = createReadStream(file, { highWaterMark: 1024 ** 2 });
  const cut = await workshop.extract(name, { schema: of, columns, input }, { fields: columns, filter: [], mask: {} });
  if (!cut.ok) throw new Error(`the input ${name} was refused: ${cut.refusal.code}`);
  fields[name] = columns;
}
const made = await workshop.run(SQL, fields, { lost: [], order: ['id'], threads: limits.threads });
if (!made.ok) throw new Error(`the run was refused: ${made.refusal.code}`);
const out = await open(output, 'w');
// A chunk is the engine's own again as soon as it is written.
const accepted = { write: (chunk: Uint8Array) => out.writeFile(chunk) };
const found = await checkRecords(
  workshop.result(),
  { schema, format: 'parquet', encoding: 'utf-8' },
  { accepted, report: { write: () => undefined } },
);
await out.close();
await workshop.close();
if (found.verdict === 'refused') throw new Error(`the result was refused: ${found.refusal.code}`);
sayResult(found.rows);

function schemaOf(of: readonly object[]): TableSchema {
  return TableSchema.parse({ fields: of, primaryKey: 'id' });
}
