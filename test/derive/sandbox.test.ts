import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSandbox } from '../../functions/adapters/duckdb/sandbox.ts';
import { around } from '../../functions/reading/derivation/statement/statement.ts';
import type { Parse } from '../../functions/reading/derivation/check-statement.ts';
import { corpus } from './corpus.ts';
import { hostile } from './hostile.ts';
import { inputs, limits, openParser, openPlace, resultOf, rows, SECRET, type Place } from './support.ts';

let parser: { readonly parse: Parse; close(): void };
let place: Place;
beforeAll(async () => {
  parser = await openParser();
  place = await openPlace();
});
afterAll(() => {
  place.close();
  parser.close();
});

const result = (sql: string, where: Place = place) => resultOf(sql, parser.parse, where);

describe('a statement that is let pass', () => {
  test('gives its records, sorted, with the types of fields', async () => {
    expect(
      await result(
        'SELECT project, sum(amount) AS total, sum(sale) AS sales, count(*) AS n FROM sales GROUP BY project',
      ),
    ).toEqual([
      { project: 'p1', total: 310.5, sales: '7', n: '3' },
      { project: 'p2', total: 50, sales: '3', n: '1' },
    ]);
  });

  test('reads dates, moments in UTC and truth as they are', async () => {
    const sql = `SELECT sale, ("at" AT TIME ZONE 'Asia/Shanghai')::DATE AS day, final AND born IS NOT NULL AS f
      FROM sales JOIN people ON id = buyer WHERE sale = 2`;
    expect(await result(sql)).toEqual([{ sale: '2', day: '2026-02-02', f: true }]);
  });

  test.each(corpus)('is run: %s', async (sql) => {
    expect(await result(sql)).toEqual(expect.any(Array));
  });

  test('has the same bytes each time', async () => {
    const sql = 'SELECT project, sum(amount) AS total FROM sales GROUP BY project';
    const columns = await place.describe(sql);
    if (!columns.ok) throw new Error('refused');
    const bytesOf = async (to: string) => {
      expect((await place.run(sql, columns.value, { order: ['project'], to })).ok).toBe(true);
      return readFileSync(join(place.folder, to)).toString('base64');
    };
    expect(await bytesOf('one.parquet')).toBe(await bytesOf('other.parquet'));
  });

  test('leaves fields out that are lost', async () => {
    const sql = 'SELECT id, name FROM people';
    const columns = await place.describe(sql);
    if (!columns.ok) throw new Error('refused');
    const run = await place.run(sql, columns.value, { lost: ['name'], order: ['id'], to: 'lost.parquet' });
    expect(run.ok && (await place.read(run.value.file))).toContainEqual({ id: 'a', name: null });
  });
});

describe('what only DuckDB knows', () => {
  test.each([
    ['types that do not fit', 'SELECT upper(sale) AS x FROM sales', /^line 1, column 8: .*upper\(BIGINT\)/],
    [
      'types that do not fit, on a later line, behind characters of several bytes',
      "-- 街道\nSELECT '街道😀' AS a,\n  '乡' || upper(sale) AS x\nFROM sales",
      /^line 3, column 10: .*upper\(BIGINT\)/,
    ],
    ['a column of no field’s type', 'SELECT id, INTERVAL 1 DAY AS x FROM people', /"x" is of type INTERVAL/],
    ['a column that is not grouped', 'SELECT id, count(*) AS n FROM people', /^line 1, column 8: .*GROUP BY/],
    ['a function of another number of arguments', 'SELECT upper(name, id) AS x FROM people', /upper/],
    ['a sum of texts', 'SELECT sum(name) AS x FROM people', /sum\(VARCHAR\)/],
  ])('%s', async (_, sql, message) => {
    expect(await result(sql)).toMatch(message);
  });
});

describe('a run is bounded', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `${i},p${i % 2},a,1,,true`).join('\n');
  const crowded = { sales: `sale,project,buyer,amount,at,final\n${many}\n` };
  let crowd: Place;
  beforeAll(async () => {
    crowd = await openPlace(crowded, { memoryMb: 100, seconds: 2, rows: 30_000, bytes: 150_000 });
  });
  afterAll(() => crowd.close());

  const EACH_WITH_EACH = 'FROM sales a JOIN sales b ON a.project = b.project';
  test.each([
    ['by time', `SELECT count(*) AS n ${EACH_WITH_EACH} JOIN sales c ON c.project = b.project`, ['too-long']],
    [
      'by time or space, whichever is first',
      `SELECT a.sale, b.sale AS other ${EACH_WITH_EACH}`,
      ['too-long', 'too-large'],
    ],
    [
      'by memory or space',
      `SELECT a.sale, string_agg(b.buyer, ',' ORDER BY b.sale) AS x ${EACH_WITH_EACH} GROUP BY a.sale`,
      ['out-of-memory', 'too-large', 'too-long'],
    ],
    [
      'by records',
      `SELECT a.sale, v.n FROM sales a JOIN (VALUES ('p0', 1), ('p0', 2), ('p0', 3), ('p1', 4)) AS v(p, n) ON v.p = a.project`,
      ['too-many-rows'],
    ],
    ['by its file', "SELECT sale, sale || 'x' || sale * 7919 || 'y' || sale * sale AS x FROM sales", ['too-large']],
  ])('%s', async (_, sql, codes) => {
    expect(codes).toContain(await result(sql, crowd));
  });

  test('and after one that was ended the next is run', async () => {
    expect(await result('SELECT count(*) AS n FROM sales', crowd)).toEqual([{ n: '20000' }]);
  });

  test.each([
    'SELECT name::INTEGER AS x FROM people',
    'SELECT sale + 9223372036854775807 AS x FROM sales',
    "SELECT strptime(name, '%Y') AS x FROM people",
    'SELECT (SELECT id FROM people WHERE district = p.district) AS x FROM people p',
  ])('a value that does not fit is told of without the value: %s', async (sql) => {
    expect(await result(sql)).toBe('value-unfit');
  });
});

describe('a sandbox has its inputs and nothing else, whatever it is told to run', () => {
  let outside: string;
  beforeAll(() => {
    outside = mkdtempSync(join(tmpdir(), 'hub-outside-'));
    writeFileSync(join(outside, 'secret.csv'), `a\n${SECRET}\n`);
  });
  afterAll(() => rmSync(outside, { recursive: true }));

  test.each([
    "SELECT a AS x FROM read_csv('OUTSIDE/secret.csv')",
    "SELECT a AS x FROM 'OUTSIDE/secret.csv'",
    "SELECT content AS x FROM read_text('OUTSIDE/secret.csv')",
    "SELECT content AS x FROM read_text('/proc/self/environ')",
    "SELECT content AS x FROM read_text('FOLDER/../../../../../../../../etc/passwd')",
    "SELECT file AS x FROM glob('/**')",
    "SELECT a AS x FROM 'https://127.0.0.1:1/x.csv'",
    "SELECT getenv('PATH') AS x FROM people",
    "SELECT 1 AS x FROM query('COPY people TO ''OUTSIDE/x.csv''')",
    "SELECT 1 AS x) AS r; ATTACH 'OUTSIDE/x.db'; SELECT * FROM (SELECT 1 AS x",
    'SELECT 1 AS x) AS r; SET enable_external_access = true; SELECT * FROM (SELECT 1 AS x',
    'SELECT 1 AS x) AS r; INSTALL httpfs; SELECT * FROM (SELECT 1 AS x',
  ])('%s', async (hostileSql) => {
    const sql = hostileSql.replaceAll('OUTSIDE', outside).replaceAll('FOLDER', place.folder);
    const columns = await place.describe(sql).catch(() => undefined);
    const run = await place
      .run(sql, [{ name: 'x', type: 'VARCHAR' }], { order: [], to: 'x.parquet' })
      .catch(() => undefined);
    const records = run?.ok ? await place.read(run.value.file) : [];
    expect(JSON.stringify([columns, records])).not.toMatch(/TOP-SECRET|root:|PATH=/);
  });

  test('nor does it run on other columns than a statement was judged with', async () => {
    const files = { people: { file: 'people.parquet', fields: ['id', 'name'] } };
    await expect(openSandbox(place.folder, files, limits)).rejects.toThrow(
      'the extract for the input people has other columns than its statement was judged with',
    );
  });
});

test('the parser tells a statement from the end of what is around it', async () => {
  for (const { statements } of hostile.filter(({ rule }) => rule === 'statement-kind'))
    for (const sql of statements) expect(await result(sql)).toEqual(expect.any(String));
  expect(around('SELECT 1 --x')).toBe('SELECT * FROM (\nSELECT 1 --x\n) AS result');
  expect(rows.people).toContain(inputs.people.fields.join(','));
});
