import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase, type Database } from '../../functions/adapters/duckdb/database.ts';
import { ByWeight } from '../../functions/adapters/parquet/by-weight.ts';
import { sealFile } from '../../functions/adapters/parquet/seal-file.ts';
import { sortedRows, type SortedFile } from '../../functions/adapters/parquet/sorted-rows.ts';
import { Fault } from '../../functions/kernel/fault.ts';

let folder: string;
let database: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sorted-'));
  database = await openDatabase({ folder, memoryMb: 256, spillMb: 256, threads: 1 });
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

interface Written {
  readonly file: SortedFile;
  readonly bytes: Buffer;
}

let files = 0;
/** Rows `[k, t0, t1]` in the order that they are given in, as a representation is written. */
async function written(
  rows: readonly (readonly [string, string | null, string | null])[],
  group = 2048,
): Promise<Written> {
  const path = join(folder, `${++files}.parquet`);
  const json = join(folder, `${files}.json`);
  await writeFile(json, rows.map(([k, t0, t1]) => JSON.stringify({ k, t0, t1 })).join('\n'));
  const columns = "columns = {k: 'VARCHAR', t0: 'VARCHAR', t1: 'VARCHAR'}";
  const source =
    rows.length === 0 ? `(SELECT '' AS k, '' AS t0, '' AS t1 WHERE false)` : `read_json('${json}', ${columns})`;
  await database.run(
    `COPY (SELECT k, row_number() OVER () AS n, t0, t1 FROM ${source}) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${group})`,
  );
  const tail = await sealFile(path);
  const bytes = await readFile(path);
  return { file: { key: path, versionId: 'v1', bytes: bytes.length, rows: rows.length, tail }, bytes };
}

/** Reads of one file, counted. */
function over({ bytes }: Pick<Written, 'bytes'>) {
  const ranges: (readonly [number, number])[] = [];
  const rows = sortedRows(async (_file, start, end) => {
    ranges.push([start, end]);
    return bytes.subarray(start, end);
  });
  return { rows, ranges };
}

const keyed = (i: number) => `K${String(i).padStart(6, '0')}`;
const many = Array.from({ length: 20_000 }, (_, i) => {
  const value = i % 3 === 0 ? null : `value ${i}`;
  return [keyed(i * 2), value, `第${i}户`] as const;
});

describe('a row by its key', () => {
  test('is found in every row group, its missing values as null', async () => {
    const one = await written(many);
    const { rows } = over(one);
    for (const i of [0, 1, 2047, 2048, 2049, 9999, 19_998, 19_999]) {
      const [key, t0, t1] = many[i]!;
      const found = await rows.find(one.file, key, ['t0', 't1']);
      expect({ ...found, row: [...found.row] }).toEqual({
        isThere: true,
        row: [
          ['t0', t0],
          ['t1', t1],
        ],
      });
    }
  });

  test('is read with one range once the metadata are known, also where it is not there', async () => {
    const one = await written(many);
    const { rows, ranges } = over(one);
    await rows.find(one.file, keyed(0), ['t0']);
    expect(ranges).toHaveLength(2);
    // Between two keys, before the first, after the last, at the seam of two row groups.
    for (const key of [keyed(10), keyed(11), 'A', 'Z', keyed(4095), keyed(39_999)]) {
      ranges.length = 0;
      const { isThere, row } = await rows.find(one.file, key, ['t0', 't1']);
      expect([key, isThere, row.size, ranges.length]).toEqual([key, key === keyed(10), 2, 1]);
    }
  });

  test('is told apart by bytes, not by UTF-16 units or by what looks the same', async () => {
    const keys = ['', ' ', 'A', 'a', '\u{e9}', 'e\u{301}', '\u{ff01}', '\u{1f600}'];
    const sorted = keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    const one = await written(sorted.map((key, i) => [key, String(i), null]));
    const { rows } = over(one);
    for (const [i, key] of sorted.entries()) {
      const { isThere, row } = await rows.find(one.file, key, ['t0']);
      expect([key, isThere, row.get('t0')]).toEqual([key, true, String(i)]);
    }
    expect((await rows.find(one.file, 'e\u0301!', ['t0'])).isThere).toBe(false);
  });

  test('is in a file that DuckDB reads as before', async () => {
    const { file } = await written(many);
    expect(await database.rows(`SELECT count(*) AS n, max(k) AS k, max(n) AS rows FROM '${file.key}'`)).toEqual([
      { n: '20000', k: keyed(39_998), rows: '20000' },
    ]);
  });

  test('of a file without rows is not there', async () => {
    const none = await written([]);
    expect((await over(none).rows.find(none.file, 'A', ['t0'])).isThere).toBe(false);
  });
});

describe('what is not as it was written is a fault', () => {
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut off', (bytes) => bytes.subarray(0, bytes.length - 3)],
    ['another file behind it', (bytes) => Buffer.concat([bytes, Buffer.alloc(64)])],
    ['metadata of zeros', (bytes) => Buffer.concat([bytes.subarray(0, -200), Buffer.alloc(192), bytes.subarray(-8)])],
    ['pages of zeros', (bytes) => Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(60_000), bytes.subarray(60_004)])],
  ])('%s', async (_how, damage) => {
    const one = await written(many.slice(0, 4000));
    const bytes = damage(one.bytes);
    const file = { ...one.file, bytes: bytes.length };
    await expect(over({ bytes }).rows.find(file, keyed(4), ['t0', 't1'])).rejects.toThrow(Fault);
  });

  test('any byte of it that an answer is made of', async () => {
    const one = await written(many.slice(0, 50));
    const [key, t0, t1] = many[7]!;
    let faults = 0;
    for (let at = 4; at < one.bytes.length; at += 3) {
      const bytes = Buffer.from(one.bytes);
      bytes[at] = (bytes[at] ?? 0) ^ 0x04;
      const found = await over({ bytes })
        .rows.find(one.file, key, ['t0', 't1'])
        .catch((error: unknown) => error);
      if (found instanceof Error) {
        expect(found).toBeInstanceOf(Fault);
        faults += 1;
      } else
        expect(found).toMatchObject({
          isThere: true,
          row: new Map([
            ['t0', t0],
            ['t1', t1],
          ]),
        });
    }
    // All but those of the column `n`, which nobody asks for.
    expect(faults).toBeGreaterThan(((one.bytes.length - 4) / 3) * 0.7);
  });

  test('of a wide file leaves out what lies between, with a second read', async () => {
    const path = join(folder, 'wide.parquet');
    await database.run(
      `COPY (SELECT lpad(i::VARCHAR, 9, '0') AS k, i AS n, md5(i::VARCHAR) AS t0, sha256(i::VARCHAR) AS t1, 'x' || i AS t2 FROM range(16000) r(i)) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384)`,
    );
    const tail = await sealFile(path);
    const bytes = await readFile(path);
    const file = { key: path, versionId: 'v1', bytes: bytes.length, rows: 16_000, tail };
    const { rows, ranges } = over({ bytes });
    const { row } = await rows.find(file, '000000007', ['t2']);
    expect(row).toEqual(new Map([['t2', 'x7']]));
    expect(ranges).toHaveLength(3);
    expect(ranges.slice(1).reduce((sum, [start, end]) => sum + end - start, 0)).toBeLessThan(bytes.length / 4);
  });

  test.each([
    [
      'keys out of order',
      [
        ['B', '1', null],
        ['A', '2', null],
      ],
    ],
    [
      'a key twice',
      [
        ['A', '1', null],
        ['A', '2', null],
      ],
    ],
  ] as const)('%s', async (_how, rows) => {
    const one = await written(rows);
    await expect(over(one).rows.find(one.file, 'A', ['t0'])).rejects.toThrow('not in order');
  });

  test('another number of rows than was committed, a column that is not there', async () => {
    const one = await written(many.slice(0, 10));
    await expect(over(one).rows.find({ ...one.file, rows: 11 }, 'A', ['t0'])).rejects.toThrow('another number of rows');
    await expect(over(one).rows.find(one.file, 'A', ['t9'])).rejects.toThrow('lacks a column');
  });
});

describe('what is kept', () => {
  const weighing = (weight: number) => async () => ({ weight });
  test('is what was used last, up to a weight', async () => {
    const kept = new ByWeight<{ weight: number }>(100);
    const one = await kept.get('one', weighing(40));
    await kept.get('two', weighing(40));
    expect(await kept.get('one', weighing(1))).toBe(one);
    await kept.get('three', weighing(40));
    expect(kept.weight).toBe(80);
    expect(await kept.get('one', weighing(1))).toBe(one);
    expect((await kept.get('two', weighing(7))).weight).toBe(7);
  });
  test('is made once for all who ask at once, and again after a failure', async () => {
    const kept = new ByWeight<{ weight: number }>(100);
    let made = 0;
    const make = async () => {
      made += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (made === 1) throw new Error('not yet');
      return { weight: 1 };
    };
    const first = await Promise.allSettled([kept.get('one', make), kept.get('one', make)]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await Promise.all([kept.get('one', make), kept.get('one', make)]);
    expect(made).toBe(2);
  });
  test('is not what is too heavy for all of it', async () => {
    const kept = new ByWeight<{ weight: number }>(100);
    await kept.get('small', weighing(60));
    await kept.get('large', weighing(101));
    expect(kept.weight).toBe(60);
  });
});
