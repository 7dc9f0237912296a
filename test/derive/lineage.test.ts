import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkStatement, type Parse } from '../../functions/reading/derivation/check-statement.ts';
import type { ConditionSource, Lineage, ValueSource } from '../../schemas/contracts/derivations.ts';
import { inputs, openParser } from './support.ts';

let parser: { readonly parse: Parse; close(): void };
beforeAll(async () => {
  parser = await openParser();
});
afterAll(() => parser.close());

const placeOf = ({ input, field }: Pick<ValueSource, 'input' | 'field'>): string =>
  field === undefined ? input : `${input}.${field}`;
const decisions = (conditions: readonly ConditionSource[]): string[] =>
  conditions.map((condition) => `${condition.by} ${placeOf(condition)}`);

/** `{id: 'copied people.id'}`; what decides about a field stands behind a bar, about the records under `*`. */
function told({ fields, records }: Lineage): Record<string, string> {
  const each = fields.map(({ field, from, decidedBy }) => {
    const values = from.map((source) => `${source.how} ${placeOf(source)}`).join(', ');
    return [field, decidedBy.length === 0 ? values : `${values} | ${decisions(decidedBy).join(', ')}`] as const;
  });
  return { ...Object.fromEntries(each), '*': decisions(records).join(', ') };
}

async function lineageOf(sql: string): Promise<Record<string, string>> {
  const checked = await checkStatement(sql, inputs, parser.parse);
  if (!checked.ok) throw new Error(checked.refusal.violations?.[0]?.message);
  return told(checked.value.lineage);
}

describe('lineage', () => {
  test.each<[what: string, sql: string, lineage: Record<string, string>]>([
    ['of a column', 'SELECT id FROM people', { id: 'copied people.id', '*': 'presence people' }],
    [
      'of a star, without some',
      'SELECT * EXCLUDE (born, district) FROM people',
      { id: 'copied people.id', name: 'copied people.name', '*': 'presence people' },
    ],
    [
      'of names in quotes, of another case, of Chinese',
      'SELECT "ID" AS "Id", P."名称" AS 名 FROM PROJECTS p JOIN people ON id = project',
      {
        Id: 'copied people.id',
        名: 'copied projects.名称',
        '*': 'presence projects, presence people, join people.id, join projects.project',
      },
    ],
    [
      'of what is computed, and of constants',
      "SELECT upper(name) || id AS k, 'x' AS c FROM people",
      { k: 'computed people.name, computed people.id', c: '', '*': 'presence people' },
    ],
    [
      'of a filter, which decides about the records',
      "SELECT name FROM people WHERE district LIKE '11%' AND born IS NOT NULL",
      { name: 'copied people.name', '*': 'presence people, filter people.district, filter people.born' },
    ],
    [
      'of a CASE: what it gives as it is, what it asks as what it is made of',
      "SELECT CASE WHEN born > DATE '2000-01-01' THEN name ELSE district END AS k FROM people",
      { k: 'copied people.name, copied people.district, computed people.born', '*': 'presence people' },
    ],
    [
      'of COALESCE and its like',
      'SELECT coalesce(name, id) AS k, nullif(name, district) AS n FROM people',
      {
        k: 'copied people.name, copied people.id',
        n: 'copied people.name, copied people.district',
        '*': 'presence people',
      },
    ],
    [
      'of an inner join, which decides about the records',
      'SELECT name, spouse FROM people p JOIN marriages m ON p.id = m.id',
      {
        name: 'copied people.name',
        spouse: 'copied marriages.spouse',
        '*': 'presence people, presence marriages, join people.id, join marriages.id',
      },
    ],
    [
      'of a record found by its whole key, which decides about its own fields alone',
      'SELECT name, spouse FROM people p LEFT JOIN marriages m USING (id)',
      {
        name: 'copied people.name',
        spouse: 'copied marriages.spouse | presence marriages, key people.id, key marriages.id',
        '*': 'presence people',
      },
    ],
    [
      'of a left join by less than a key, which can make more records',
      'SELECT name, amount FROM people LEFT JOIN sales ON buyer = id',
      {
        name: 'copied people.name',
        amount: 'copied sales.amount',
        '*': 'presence people, presence sales, join sales.buyer, join people.id',
      },
    ],
    [
      'of a key and something else that has to be equal',
      'SELECT name, since FROM people p LEFT JOIN marriages m ON p.id = m.id AND m.spouse = p.name',
      {
        name: 'copied people.name',
        since:
          'copied marriages.since | presence marriages, key people.id, key marriages.id, join marriages.spouse, join people.name',
        '*': 'presence people',
      },
    ],
    [
      'of aggregates',
      `SELECT project, count(*) AS n, sum(amount) AS total, max("at") AS newest, count(buyer) FILTER (WHERE final) AS f
       FROM sales GROUP BY project HAVING sum(amount) > 10`,
      {
        project: 'copied sales.project',
        n: 'counted sales',
        total: 'aggregated sales.amount',
        newest: 'copied sales.at',
        f: 'counted sales.buyer, counted sales | filter sales.final',
        '*': 'presence sales, filter sales.amount, group sales.project',
      },
    ],
    [
      'of a window',
      'SELECT sale, lag(amount) OVER (PARTITION BY project ORDER BY "at") AS before FROM sales',
      {
        sale: 'copied sales.sale',
        before: 'copied sales.amount | group sales.project, order sales.at',
        '*': 'presence sales',
      },
    ],
    [
      'of the newest of each, through a WITH',
      `WITH ranked AS (SELECT *, row_number() OVER (PARTITION BY project ORDER BY "at" DESC, sale) AS place FROM sales)
       SELECT sale, amount FROM ranked WHERE place = 1`,
      {
        sale: 'copied sales.sale',
        amount: 'copied sales.amount',
        '*': 'presence sales, filter sales, group sales.project, order sales.at, order sales.sale',
      },
    ],
    [
      'of a count of what was aggregated',
      'SELECT count(t) AS n, sum(t) AS s FROM (SELECT project, sum(amount) AS t FROM sales GROUP BY 1) x',
      {
        n: 'counted sales.amount, counted sales',
        s: 'aggregated sales.amount',
        '*': 'presence sales, group sales.project',
      },
    ],
    [
      'of a union, of both',
      'SELECT id, name FROM people UNION ALL SELECT id, spouse FROM marriages',
      {
        id: 'copied people.id, copied marriages.id',
        name: 'copied people.name, copied marriages.spouse',
        '*': 'presence people, presence marriages',
      },
    ],
    [
      'of a difference, of all that is compared',
      'SELECT id FROM people EXCEPT SELECT spouse FROM marriages',
      {
        id: 'copied people.id, copied marriages.spouse',
        '*': 'presence people, presence marriages, group people.id, group marriages.spouse',
      },
    ],
    [
      'of sub-queries in conditions',
      'SELECT name FROM people WHERE id IN (SELECT buyer FROM sales WHERE final) AND NOT EXISTS (SELECT 1 FROM marriages m WHERE m.id = people.id)',
      {
        name: 'copied people.name',
        '*': 'presence people, filter people.id, filter sales.buyer, filter marriages, presence sales, filter sales.final, presence marriages, filter marriages.id',
      },
    ],
    [
      'of a sub-query that gives a value',
      'SELECT id, (SELECT sum(amount) FROM sales WHERE buyer = people.id) AS spent FROM people',
      {
        id: 'copied people.id',
        spent: 'aggregated sales.amount | presence sales, filter sales.buyer, filter people.id',
        '*': 'presence people',
      },
    ],
    [
      'of DISTINCT and of the first of an order',
      'SELECT DISTINCT district FROM people ORDER BY born DESC LIMIT 3',
      { district: 'copied people.district', '*': 'presence people, group people.district, order people.born' },
    ],
    [
      'of an output that is named like a column: of both, where both could be meant',
      'SELECT upper(district) AS name, name || id AS k FROM people',
      {
        name: 'computed people.district',
        k: 'computed people.name, computed people.district, computed people.id',
        '*': 'presence people',
      },
    ],
    [
      'of columns that are renamed on the way',
      'SELECT b FROM (SELECT id, name FROM people) AS x(a, b) JOIN (VALUES (1, $$d$$)) AS v(n, id) ON v.id = a',
      { b: 'copied people.name', '*': 'presence people, join people.id' },
    ],
    [
      'of GROUP BY ALL',
      'SELECT district, count(*) AS n FROM people GROUP BY ALL',
      {
        district: 'copied people.district',
        n: 'counted people',
        '*': 'presence people, group people.district',
      },
    ],
    [
      'of records that both sides have, and of those that one has alone',
      'SELECT id FROM people SEMI JOIN marriages USING (id) ANTI JOIN sales ON buyer = id',
      {
        id: 'copied people.id',
        '*': 'presence people, presence marriages, join people.id, join marriages.id, presence sales, join sales.buyer',
      },
    ],
  ])('%s', async (_, sql, lineage) => {
    expect(await lineageOf(sql)).toEqual(lineage);
  });
});
