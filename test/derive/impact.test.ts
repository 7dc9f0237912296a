import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkStatement, type Parse } from '../../functions/reading/derivation/check-statement.ts';
import { type Impact, impactOf } from '../../functions/reading/derivation/impact.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import { inputs, openParser } from './support.ts';

let parser: { readonly parse: Parse; close(): void };
beforeAll(async () => {
  parser = await openParser();
});
afterAll(() => parser.close());

async function impact(
  sql: string,
  without: readonly string[],
  {
    required,
    onSourceEnd = 'without-fields',
  }: { readonly required?: string; readonly onSourceEnd?: 'without-fields' | 'end' } = {},
): Promise<Impact> {
  const checked = await checkStatement(sql, inputs, parser.parse);
  if (!checked.ok) throw new Error(checked.refusal.violations?.[0]?.message);
  const { statement, lineage } = checked.value;
  const [key] = lineage.fields;
  const schema = TableSchema.parse({
    fields: lineage.fields.map(({ field }) => ({
      name: field,
      ...(field === required ? { constraints: { required: true } } : {}),
    })),
    primaryKey: key?.field,
  });
  return impactOf({ onSourceEnd }, statement, inputs, schema, without);
}

const shown = (found: Impact): string =>
  found.outcome === 'goes-on' ? `without ${found.lost.join(', ') || 'nothing'}` : `ends: ${found.because}`;

const COMPOSED = `SELECT p.id, p.name, m.spouse, coalesce(m.since, p.born) AS since,
  (SELECT sum(amount) FROM sales WHERE buyer = p.id) AS spent
  FROM people p LEFT JOIN marriages m USING (id)`;

describe('without an input', () => {
  test.each<[what: string, sql: string, without: string[], expected: string]>([
    ['that another part found its record in, its fields are missing', COMPOSED, ['marriages'], 'without spouse, since'],
    ['that gave a value, that value is missing', COMPOSED, ['sales'], 'without spent'],
    ['and another', COMPOSED, ['sales', 'marriages'], 'without spouse, since, spent'],
    ['that has the records themselves, there is nothing', COMPOSED, ['people'], 'ends: records'],
    ['of another derivation, all stays', COMPOSED, ['projects'], 'without nothing'],
    [
      'that an inner join asks',
      'SELECT p.id, spouse FROM people p JOIN marriages m ON m.id = p.id',
      ['marriages'],
      'ends: records',
    ],
    [
      'that a condition asks, also where its absence would let more pass',
      'SELECT id FROM people WHERE NOT EXISTS (SELECT 1 FROM marriages m WHERE m.id = people.id)',
      ['marriages'],
      'ends: records',
    ],
    [
      'that takes records away',
      'SELECT id FROM people EXCEPT SELECT id FROM marriages',
      ['marriages'],
      'ends: records',
    ],
    [
      'that takes records away by a join',
      'SELECT id FROM people ANTI JOIN marriages USING (id)',
      ['marriages'],
      'ends: records',
    ],
    [
      'that has some of the records, the others stay',
      'SELECT id, name FROM people UNION ALL SELECT id, spouse FROM marriages',
      ['marriages'],
      'without nothing',
    ],
    [
      'that has some of the records, what is reckoned over all is missing',
      'SELECT x.id, count(*) AS n FROM (SELECT id FROM people UNION ALL SELECT buyer FROM sales) x GROUP BY x.id',
      ['sales'],
      'without n',
    ],
    [
      'that has some of the records, the first of an order are others',
      'SELECT id FROM people UNION ALL SELECT buyer FROM sales ORDER BY id LIMIT 3',
      ['sales'],
      'ends: records',
    ],
    [
      'that has some of the records, those that are taken away are fewer',
      'SELECT project FROM projects EXCEPT (SELECT project FROM sales UNION ALL SELECT id FROM people)',
      ['sales'],
      'ends: records',
    ],
    [
      'that has some of the records, what is found there is missing',
      'SELECT project, u.name FROM projects LEFT JOIN (SELECT id, name FROM people UNION ALL SELECT id, spouse FROM marriages) u ON u.id = project',
      ['marriages'],
      'without name',
    ],
    [
      'a filter on one of its fields decides about records',
      'SELECT p.id FROM people p LEFT JOIN marriages m USING (id) WHERE m.spouse IS NULL',
      ['marriages'],
      'ends: records',
    ],
    [
      'what was counted is not zero, it is missing',
      'SELECT id, name, n FROM people LEFT JOIN (SELECT buyer, count(*) AS n FROM sales GROUP BY buyer) s ON s.buyer = id',
      ['sales'],
      'without n',
    ],
    [
      'a total of nothing is missing',
      'SELECT project, (SELECT count(*) FROM people) AS n FROM projects',
      ['people'],
      'without n',
    ],
    [
      'the key of the result is of it',
      'SELECT m.id, p.name FROM people p LEFT JOIN marriages m USING (id)',
      ['marriages'],
      'ends: key',
    ],
    [
      'that each record is grouped by',
      'SELECT DISTINCT p.id, m.spouse FROM people p LEFT JOIN marriages m USING (id)',
      ['marriages'],
      'ends: records',
    ],
  ])('%s', async (_, sql, without, expected) => {
    expect(shown(await impact(sql, without))).toBe(expected);
  });

  test('a required field cannot be missing', async () => {
    expect(await impact(COMPOSED, ['marriages'], { required: 'spouse' })).toMatchObject({
      outcome: 'ends',
      because: 'required',
    });
  });

  test('its owner can have it end', async () => {
    expect(await impact(COMPOSED, ['marriages'], { onSourceEnd: 'end' })).toEqual({
      outcome: 'ends',
      because: 'chosen',
      lost: ['id', 'name', 'spouse', 'since', 'spent'],
    });
    expect(await impact(COMPOSED, ['projects'], { onSourceEnd: 'end' })).toMatchObject({ outcome: 'goes-on' });
  });
});
