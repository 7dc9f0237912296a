import { parse } from 'csv-parse/sync';
import { lineOf } from '../../functions/records/index.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import { aRun } from './a-run.ts';
import { type Pairs, type Quality, qualityOf } from './real-pairs.ts';
import { inDuckDB } from './represented.ts';

const named = TableSchema.parse({
  fields: [
    { name: 'id', type: 'string' },
    { name: 'name', type: 'string' },
  ],
  primaryKey: ['id'],
});

/** What `link` gives each row, its likeliest candidate; empty for none. */
export async function chosenOf(pairs: Pairs, threshold: number): Promise<string[]> {
  const { result } = await aRun({
    kind: 'link',
    schema: named,
    resource: pairs.resource,
    terms: { key: ['name'], fields: ['id'], threshold, maxList: 100_000 },
    list: ['no,name\n', ...pairs.list.map(({ name }, i) => lineOf([String(i), name]))].join(''),
  });
  const chosen = pairs.list.map(() => '');
  for (const { no, id = '', _choice } of parse<Record<string, string>>(result, { columns: true }))
    if (_choice !== '') chosen[Number(no)] = id;
  return chosen;
}

/** The likeliest by Jaro and Winkler's similarity of the names in lower case, at the threshold that suits the truth best. */
export async function plainJaroWinkler({ resource: records, list }: Pairs): Promise<Quality> {
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const best = await inDuckDB(async (connection) => {
    await connection.run(
      `CREATE TABLE r AS SELECT * FROM (VALUES ${records.map(([id, name]) => `(${text(id)}, ${text(name)})`).join(', ')}) t (id, name)`,
    );
    await connection.run(
      `CREATE TABLE l AS SELECT * FROM (VALUES ${list.map(({ name }, n) => `(${n}, ${text(name)})`).join(', ')}) t (n, name)`,
    );
    const rows = await connection.runAndReadAll(
      'SELECT n, max_by(id, (s, id)) AS id, max(s) AS s FROM (SELECT l.n, r.id, jaro_winkler_similarity(lower(l.name), lower(r.name)) AS s FROM l, r) GROUP BY n ORDER BY n',
    );
    return rows.getRows() as [number, string, number][];
  });
  const thresholds = Array.from({ length: 30 }, (_, i) => 0.7 + i / 100);
  const all = thresholds.map((least) =>
    qualityOf(
      { resource: records, list },
      best.map(([, id, score]) => (score >= least ? id : '')),
    ),
  );
  return all.reduce((one, other) => (other.f1 > one.f1 ? other : one));
}
