import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { VerifyFiles } from './verify-job.ts';

/**
 * A register of people, as its representation and as CSV, and a list of as many applicants or fewer: nine of ten are on the
 * register, of these one of 50 has another name and one of 60 another date of birth. Kept for the next time.
 */
export async function verifyFiles(
  folder: string,
  people: number,
  applicants: number,
  seed: number,
): Promise<VerifyFiles & { readonly bytes: number }> {
  await mkdir(folder, { recursive: true });
  const parquet = join(folder, `people-${people}-${seed}.parquet`);
  const csv = join(folder, `people-${people}-${seed}.csv`);
  const list = join(folder, `applicants-${applicants}-of-${people}-${seed}.csv`);
  const register = `SELECT i + 1 AS n, ${person('i', seed)} FROM range(${people}) t (i)`;
  await made(
    parquet,
    (part) =>
      `COPY (SELECT id AS k, n, id AS t0, name AS t1, birth AS t2, birth AS v2, division AS t3, address AS t4 FROM (${register}) ORDER BY k, n) TO '${part}' (FORMAT parquet, ROW_GROUP_SIZE 16384, COMPRESSION zstd)`,
  );
  await made(
    csv,
    (part) => `COPY (SELECT * EXCLUDE (n) FROM (${register}) ORDER BY n) TO '${part}' (FORMAT csv, HEADER)`,
  );
  const chosen = `(i * 7919 + 13) % ${people} + CASE WHEN hash(i, ${seed}, 30) % 10 = 0 THEN ${people} ELSE 0 END`;
  await made(
    list,
    (part) =>
      `COPY (SELECT id, CASE WHEN hash(j, 20) % 50 = 0 THEN name || 'x' ELSE name END AS name, CASE WHEN hash(j, 21) % 60 = 0 THEN '1901-01-01' ELSE birth END AS birth, division, 'A' || i AS application, address AS remark
FROM (SELECT i, j, ${person('j', seed)} FROM (SELECT i, ${chosen} AS j FROM range(${applicants}) t (i))) ORDER BY i) TO '${part}' (FORMAT csv, HEADER)`,
  );
  return { list, resource: { parquet, csv, rows: people }, bytes: (await stat(list)).size };
}

/** Different numbers are different people; no cell needs quotes. */
function person(n: string, seed: number): string {
  const one = (choices: readonly string[], salt: number): string =>
    `[${choices.map((choice) => `'${choice}'`).join(', ')}][CAST(1 + hash(${n}, ${seed}, ${salt}) % ${choices.length} AS INTEGER)]`;
  const digits = (width: number, least: number, count: number, salt: number): string =>
    `lpad(CAST(${least} + hash(${n}, ${seed}, ${salt}) % ${count} AS VARCHAR), ${width}, '0')`;
  return `lpad(CAST((${n} * 48271361 + 10000019) % 100000000 AS VARCHAR), 9, '1') || '19' || ${digits(2, 0, 100, 1)} || ${digits(2, 1, 12, 2)} || ${digits(3, 0, 1000, 3)} AS id,
${one(['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'], 4)} || ${one(['伟', '芳', '秀英', '敏', '静', '丽', '强', '磊', '军', '洋'], 5)} || ${one(['', '国', '明', '华'], 6)} AS name,
'19' || ${digits(2, 0, 100, 1)} || '-' || ${digits(2, 1, 12, 2)} || '-' || ${digits(2, 1, 28, 7)} AS birth,
${one(['1101', '1102', '1103'], 8)} || ${digits(2, 0, 100, 9)} AS division,
'北京市' || ${one(['东城', '西城', '海淀', '朝阳'], 10)} || '区' || ${one(['和平', '长安', '永定'], 11)} || '路' || CAST(1 + hash(${n}, ${seed}, 12) % 300 AS VARCHAR) || '号院' AS address`;
}

/** A file that is there is whole. */
async function made(file: string, statement: (part: string) => string): Promise<void> {
  if (
    await stat(file).then(
      () => true,
      () => false,
    )
  )
    return;
  const part = `${file}.part`;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`SET temp_directory = '${part}.spill'`);
    await connection.run(statement(part));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  await rename(part, file);
}
