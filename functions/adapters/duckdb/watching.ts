import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { listRefusal } from '../../compare/domain/list-refusal.ts';
import { lookedAt, nothingSeen, seenRecords } from '../../compare/domain/watches/seen-statements.ts';
import type { FirstLook, KeyCounts, NextLook, Watching } from '../../compare/watches/ports.ts';
import { readList } from '../../records/index.ts';
import { fileBytes, withFile } from './compare/local-file.ts';
import { keyLines, text } from './compare/run.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';

/** Looks at watched keys in DuckDB, on the local disk. */
export const watching = (limits: Omit<DatabaseOptions, 'folder'>): Watching => ({
  async begin(look) {
    const keys = join(look.folder, 'keys.csv');
    look.progress?.('reading');
    const read = await readKeys(look, keys);
    if ('refusal' in read) return read;
    return inDatabase(limits, look, async (database) => {
      await database.run(`CREATE VIEW before AS SELECT * FROM ${keyLines(keys, { key: look.terms.key, compare: [] })}`);
      return looked(database, look, true);
    });
  },
  look: (look) =>
    inDatabase(limits, look, async (database) => {
      await database.run(`CREATE VIEW before AS SELECT * FROM read_parquet(${text(look.from)})`);
      return looked(database, look, look.isFirst);
    }),
  async *changed(file, folder) {
    const database = await openDatabase({ ...limits, folder });
    try {
      const sql = `SELECT n FROM read_parquet(${text(file)}) WHERE changed ORDER BY n`;
      for await (const [places] of database.columns(sql)) yield places as number[];
    } finally {
      database.close();
    }
  },
});

/** Every row has to be a key: one that is not would be watched by nobody, and nobody would know. */
async function readKeys({ list, terms, schema, most, signal }: FirstLook, keys: string) {
  const outcome = await withFile(keys, (sink) =>
    readList(
      () => fileBytes(list.path, signal),
      { ...list, schema, key: terms.key, compare: [], names: list.columns ?? {}, most },
      { records: { write: () => {} }, keys: sink },
    ),
  );
  if (outcome.verdict === 'refused') return { refusal: listRefusal(outcome.refusal, most) };
  const { rejected, invalid } = outcome.rows;
  if (rejected + invalid === 0) return outcome;
  const detail = `${rejected} rows of the list are none, and ${invalid} have no key by which a record could be found: mend or remove them, and lodge the list again.`;
  return { refusal: { code: 'invalid-keys' as const, detail } };
}

async function inDatabase(
  limits: Omit<DatabaseOptions, 'folder'>,
  { folder, signal }: Pick<NextLook, 'folder' | 'signal'>,
  use: (database: Database) => Promise<KeyCounts>,
): Promise<KeyCounts> {
  const database = await openDatabase({ ...limits, folder });
  const interrupt = (): void => database.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    return await use(database);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    database.close();
  }
}

async function looked(database: Database, look: Omit<NextLook, 'from' | 'isFirst'>, isFirst: boolean) {
  const { terms, schema, resource, to } = look;
  look.progress?.('comparing');
  if (resource) await database.run(`CREATE VIEW resource AS SELECT * FROM read_parquet(${text(resource.path)})`);
  const seen = resource ? seenRecords({ terms, schema, columns: resource.columns }) : nothingSeen(terms.key);
  const { sql, parameters } = lookedAt(seen, terms.key, isFirst);
  // So that the file's digest, which the table has, says nothing of the keys: nobody can make the file by trying.
  const salt = `KV_METADATA {salt: '${randomBytes(32).toString('hex')}'}`;
  await database.run(
    `COPY (${sql}) TO ${text(to)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ${salt})`,
    parameters,
  );
  const [counted] = await database.rows(
    `SELECT count(*) AS keys, count(*) FILTER (changed) AS changed FROM read_parquet(${text(to)})`,
  );
  return { keys: Number(counted?.['keys']), changed: Number(counted?.['changed']) };
}
