import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkStatement, type Parse } from '../../functions/reading/derivation/check-statement.ts';
import { statementInputOf } from '../../functions/reading/derivation/statement-input.ts';
import { aDefinition, anId, resource, terms } from '../support/builders.ts';
import { inputs, openParser } from './support.ts';

let parser: { readonly parse: Parse; close(): void };
beforeAll(async () => {
  parser = await openParser();
});
afterAll(() => parser.close());

async function refusalOf(
  sql: string,
  some: Parameters<typeof checkStatement>[1] = inputs,
): Promise<string | undefined> {
  const checked = await checkStatement(sql, some, parser.parse);
  return checked.ok ? undefined : checked.refusal.violations?.map(({ message }) => message).join('\n');
}

test.each([
  ['SELECT id FROM people ORDER BY district LIMIT 1', true],
  ['SELECT id FROM people QUALIFY row_number() OVER (PARTITION BY district ORDER BY name) = 1', true],
  ["SELECT district, string_agg(name, ',' ORDER BY district) AS names FROM people GROUP BY district", true],
  ['SELECT project, sum(amount) AS total FROM sales GROUP BY project', true],
  ['SELECT id, name FROM people ORDER BY name', false],
  ['SELECT district, count(*) AS n, min(name) AS first FROM people GROUP BY district', false],
])('what hangs on the order in which records are read is run by one thread: %s', async (sql, expected) => {
  const checked = await checkStatement(sql, inputs, parser.parse);
  expect(checked.ok && checked.value.statement.inOneThread).toBe(expected);
});

describe('a refusal says where, what, and what to write instead', () => {
  test.each([
    [
      'SELECT id,\n  random() AS r\nFROM people',
      'line 2, column 3: "random" is not of the functions that statements may use: the same data must have the same result: leave it out',
    ],
    ['SELECT 名称, nosuch FROM projects', 'line 1, column 12: no input or WITH here has a column "nosuch"'],
    ["SELECT '😀' AS 笑, nosuch FROM projects", 'line 1, column 18: no input or WITH here has a column "nosuch"'],
    ["SELECT *\nFROM 'secret.csv'", 'line 2, column 6: "secret.csv" is no input: name one of them, or a WITH'],
    ['SELECT id FROM people WHERE', 'line 1, column 28: syntax error at end of input'],
    ['SELECT id\u3000FROM people', 'line 1, column 10: write the ordinary blank; in a text, chr() gives any other'],
    ['SELECT id FROM people LIMIT 1', 'line 1, column 8: LIMIT takes the first of an order: state one, with ORDER BY'],
    [
      'SELECT id FROM people\nUNION\nSELECT id, name FROM people',
      'line 3, column 8: both sides have the same number of columns',
    ],
    [
      'SELECT id FROM people p JOIN sales s ON p.id < s.buyer',
      'line 1, column 25: the condition lets every record meet every other: state an equality between a column of each side',
    ],
    [
      'SELECT id FROM people WHERE EXISTS (SELECT 1 FROM sales WHERE buyer > people.id)',
      'line 1, column 71: "people.id" is of the query around: a sub-query asks it in its WHERE, beside an equality of a column of each',
    ],
    [
      'SELECT id::BLOB AS x FROM people',
      'line 1, column 10: a value can be made to VARCHAR, BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, HUGEINT, DECIMAL, DOUBLE, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, INTERVAL, not to another type',
    ],
    ["SELECT name LIKE '%a%b%c%d' AS x FROM people", 'line 1, column 13: "~~": LIKE has at most 3 times %'],
    ['DROP TABLE people', 'it is one SELECT, and nothing else'],
  ])('%s', async (sql, message) => {
    expect(await refusalOf(sql)).toBe(message);
  });
});

test('comments, quotes and keywords of any case are what they are in DuckDB', async () => {
  const sql = `/* people /* and */ marriages */ sElEcT "id" -- FROM 'secret.csv'
    , $$it's; DROP$$ AS "quoted ""name""" FrOm PEOPLE AS "P" wHeRe "p".NAME <> 'x''y'`;
  expect(await refusalOf(sql)).toBeUndefined();
});

test('fields that SQL does not tell apart cannot be an input’s', async () => {
  expect(await refusalOf('SELECT "Code" FROM firms', { firms: { fields: ['code', 'Code'] } })).toBe(
    'the input firms has fields that differ in capital letters only, which SQL does not tell apart',
  );
});

describe('what a statement can read of an input', () => {
  const definition = aDefinition({
    schema: { fields: ['id', 'name', 'phone'].map((name) => ({ name, type: 'string' })), primaryKey: ['id'] },
  });
  const input = { resourceId: resource('people'), definition };
  const under = (changes: Parameters<typeof terms>[0]) => ({
    ...input,
    agreement: { agreementId: anId(1), terms: terms(changes) },
  });

  test('of the owner’s own all', () => {
    expect(statementInputOf(input)).toEqual({ fields: ['id', 'name', 'phone'], primaryKey: ['id'] });
  });

  test('of another’s what the agreement delivers, in its order', () => {
    expect(statementInputOf(under({ fields: ['name', 'id'] }))).toEqual({ fields: ['name', 'id'], primaryKey: ['id'] });
  });

  test.each([
    ['not delivered', { fields: ['name'] }],
    ['masked', { fields: ['id', 'name'], mask: { id: 'last4' as const } }],
  ])('a key that is %s is none, so that nothing is found by it for certain', (_, changes) => {
    expect(statementInputOf(under(changes)).primaryKey).toBeUndefined();
  });
});
