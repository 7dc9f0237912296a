import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sayResult } from '../check/job.ts';
import { csvRows, type Found, writePlainly } from '../compare/plain-result.ts';
import type { VerifyFiles } from '../compare/verify-job.ts';
import { type Task, taskOfProgram } from '../task.ts';

/** A table of the register with its key, and a look-up for each row of the list. */
const { list, resource, output, folder } = taskOfProgram() as VerifyFiles & Task;
const database = new DatabaseSync(join(folder, 'people.sqlite'));
database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000');
database.exec('CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT, birth TEXT, division TEXT) WITHOUT ROWID');
const insert = database.prepare('INSERT INTO people VALUES (?, ?, ?, ?)');
database.exec('BEGIN');
for await (const [id = '', name = '', birth = '', division = ''] of csvRows(resource.csv))
  insert.run(id, name, birth, division);
database.exec('COMMIT');
const find = database.prepare('SELECT name, birth, division FROM people WHERE id = ?');
find.setReturnArrays(true);
await writePlainly(list, output, (id) => find.get(id) as unknown as Found);
database.close();
sayResult({ accepted: 0, rejected: 0 });
