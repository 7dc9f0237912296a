import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '../../../functions/adapters/duckdb/database.ts';

let outside: string;
let folder: string;
let database: Database;

beforeEach(async () => {
  outside = mkdtempSync(join(tmpdir(), 'hub-database-'));
  folder = mkdtempSync(join(outside, "it's-"));
  writeFileSync(join(outside, 'secret.csv'), 'a\n1\n');
  database = await openDatabase({ folder, memoryMb: 128, spillMb: 256, threads: 1 });
});
afterEach(() => {
  database.close();
  rmSync(outside, { recursive: true });
});

const sqlText = (path: string) => `'${path.replaceAll("'", "''")}'`;

describe('a database of one folder', () => {
  test('reads and writes files there, in blocks of rows', async () => {
    const file = sqlText(join(folder, 'rows.parquet'));
    await database.run(
      `COPY (SELECT range AS a, 'x' || range AS b FROM range($1)) TO ${file} (FORMAT parquet)`,
      [5000],
    );
    let rows = 0;
    for await (const block of database.blocks(`SELECT b FROM ${file} WHERE a >= $1 ORDER BY a`, [100])) {
      if (rows === 0) expect(block[0]).toEqual(['x100']);
      rows += block.length;
    }
    expect(rows).toBe(4900);
    expect(await database.rows(`SELECT count(*) AS n, max(a) AS top FROM ${file}`)).toEqual([
      { n: '5000', top: '4999' },
    ]);
  });

  test('takes values that look like SQL as values', async () => {
    expect(await database.rows('SELECT $1 AS a', ["'; DROP TABLE x; --"])).toEqual([{ a: "'; DROP TABLE x; --" }]);
  });

  test.each([
    ['a file beside it', (dir: string) => `SELECT * FROM ${sqlText(join(dir, 'secret.csv'))}`],
    ['a file by the way through it', (dir: string) => `SELECT * FROM read_text(${sqlText(`${dir}/in/../secret.csv`)})`],
    ['a list of files', (dir: string) => `SELECT * FROM glob(${sqlText(join(dir, '*'))})`],
    ['another database', (dir: string) => `ATTACH ${sqlText(join(dir, 'other.db'))}`],
    ['a copy elsewhere', (dir: string) => `COPY (SELECT 1) TO ${sqlText(join(dir, 'out.csv'))}`],
    ['an extension', () => 'INSTALL httpfs'],
    ['a link', () => "SELECT * FROM 'https://127.0.0.1/x.csv'"],
    ['more threads', () => 'SET threads = 8'],
    ['its folder again', (dir: string) => `SET allowed_directories = [${sqlText(dir)}]`],
    ['its limits', () => "SET memory_limit = '10GiB'"],
  ])('reaches nothing else: %s', async (_what, sql) => {
    await expect(database.run(sql(outside))).rejects.toThrow(/Permission|Cannot|locked|disabled|Invalid/);
  });

  test('spills what does not fit, up to its limit, and says so beyond it', async () => {
    const sorted = (rows: number) =>
      `COPY (SELECT md5(range::VARCHAR) AS a, md5((range * 7)::VARCHAR) AS b FROM range(${rows}) ORDER BY a)
       TO ${sqlText(join(folder, 'sorted.parquet'))} (FORMAT parquet)`;
    await database.run(sorted(1_500_000));
    await expect(database.run(sorted(20_000_000))).rejects.toThrow(/max_temp_directory_size|Out of Memory/);
  });

  test('ends the statement that is running', async () => {
    const running = database.run('SELECT count(*) FROM range(100000) a, range(100000) b WHERE a.range * b.range = 7');
    const soon = setInterval(() => database.interrupt(), 20);
    await expect(running).rejects.toThrow(/INTERRUPT/);
    clearInterval(soon);
    expect(await database.rows('SELECT 1 AS a')).toEqual([{ a: 1 }]);
  });
});
