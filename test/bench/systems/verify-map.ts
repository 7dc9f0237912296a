import { sayResult } from '../check/job.ts';
import { csvRows, writePlainly } from '../compare/plain-result.ts';
import type { VerifyFiles } from '../compare/verify-job.ts';
import { type Task, taskOfProgram } from '../task.ts';

const { list, resource, output } = taskOfProgram() as VerifyFiles & Task;
const people = new Map<string, readonly string[]>();
for await (const [id = '', ...cells] of csvRows(resource.csv)) people.set(id, cells);
await writePlainly(list, output, (id) => people.get(id));
sayResult({ accepted: 0, rejected: 0 });
