import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { type Compared, judgements, missingRecords } from '../../functions/compare/domain/statements.ts';
import { tablesOf, unloaded } from '../../functions/compare/domain/elsewhere.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import { someTerms } from './a-run.ts';

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'trino-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Trino's own grammar, of dt-sql-parser, finds wrong with a statement. */
let errorsOf: (sql: string) => string[];

/** The package is written for bundlers. */
beforeAll(async () => {
  const outfile = join(folder, 'trino.mjs');
  buildSync({
    entryPoints: [require.resolve('dt-sql-parser/dist/parser/trino/index.js')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  const { TrinoSQL } = (await import(outfile)) as {
    TrinoSQL: new () => { validate(sql: string): { message: string }[] };
  };
  const parser = new TrinoSQL();
  errorsOf = (sql) => parser.validate(sql).map(({ message }) => message);
});

const WIDE = Array.from({ length: 70 }, (_, i) => `field ${i}`);
const schema = TableSchema.parse({
  fields: [
    ...WIDE.map((name) => ({ name, type: 'string' })),
    { name: 'select', type: 'integer' },
    { name: '"; DROP', type: 'date' },
  ],
  primaryKey: ['select'],
});

const compared = (terms: Partial<Compared['terms']>): Compared => ({
  schema,
  terms: someTerms(terms),
  columns: schema.fields.map(({ name, type }, i) => ({
    field: name,
    text: `t${i}`,
    ...(type === 'string' ? {} : { ordered: `v${i}` }),
  })),
  tables: { list: '"lists"."run_1"', resource: '"datasets"."resource_1"' },
});

describe('the statements are Trino as well', () => {
  test.each<[what: string, terms: Partial<Compared['terms']>]>([
    ['a key alone', { key: ['select'] }],
    [
      'a key of several fields that is not the primary one',
      { key: ['field 1', 'field 2'], compare: ['select'], fields: ['field 3'] },
    ],
    ['more compared fields than a word has bits', { key: ['select'], compare: WIDE, fields: WIDE }],
    [
      'every condition',
      {
        key: ['select'],
        fields: ['"; DROP'],
        filter: [
          { field: 'field 1', op: 'eq', value: "'" },
          { field: 'field 2', op: 'in', value: ['a', 'b', '"'] },
          { field: 'field 3', op: 'prefix', value: '--' },
          { field: 'select', op: 'min', value: 1 },
          { field: '"; DROP', op: 'max', value: '2026-11-30' },
        ],
      },
    ],
  ])('%s', (_, terms) => {
    const of = compared({ fields: ['field 0'], ...terms });
    const blind = { ...of, isBlind: true, terms: { ...of.terms, compare: [] } };
    for (const { sql, parameters } of [judgements(of), missingRecords(of), judgements(blind)]) {
      expect(errorsOf(sql)).toEqual([]);
      expect(sql.match(/\?/g) ?? []).toHaveLength(parameters.length);
      expect(sql).not.toMatch(/DROP|field|--|'|CAST/);
    }
  });

  test('over the tables that they are asked of, unloaded', () => {
    const { list, resource } = tablesOf('hub_prod', '01JD-7', {
      resourceId: 'legal-entities' as ResourceId,
      datasetVersion: 7,
      epoch: 2,
    });
    const of = { ...compared({ key: ['select'], fields: ['field 0'] }), tables: { list, resource } };
    for (const { sql } of [judgements(of), missingRecords(of), judgements({ ...of, isBlind: true })]) {
      expect(errorsOf(sql)).toEqual([]);
      // Athena’s own, which Trino’s grammar does not have: one statement in parentheses.
      expect(unloaded(sql, 's3://bucket/rows/1/')).toBe(
        `UNLOAD (${sql}) TO 's3://bucket/rows/1/' WITH (format = 'PARQUET', compression = 'SNAPPY')`,
      );
    }
  });

  test('a statement that is not is found out', () => {
    expect(errorsOf('SELECT list_distinct([i for i in x]) FROM t QUALIFY 1')).not.toEqual([]);
  });
});
