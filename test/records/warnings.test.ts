import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkRecords } from '../../functions/records/index.ts';
import { searched } from '../support/long.ts';
import { aSchema, check, inChunks, type Outcome } from './support.ts';

const schema = aSchema({
  fields: [
    {
      name: 'id',
      type: 'integer',
      constraints: { required: true, unique: true, maximum: 99 },
      severity: { required: 'warning', unique: 'warning', maximum: 'warning' },
    },
    {
      name: 'code',
      type: 'string',
      check: 'gb11714',
      constraints: { pattern: '[0-9A-Z-]+', maxLength: 10 },
      severity: { gb11714: 'warning' },
    },
    { name: 'kind', type: 'string', constraints: { enum: ['a', 'b'] }, severity: { enum: 'warning' } },
  ],
  uniqueKeys: [['id', 'kind']],
});
const HEADER = 'id,code,kind\n';

async function bothWays(content: string): Promise<Outcome> {
  const fast = await check(schema, HEADER + content);
  expect(fast).toEqual(await check(schema, HEADER + content, { fast: false }));
  return fast;
}

test.each<[title: string, content: string, accepted: string, report: string[]]>([
  ['nothing to warn of', '1,,a\n', '1,,a\n', []],
  [
    'an accepted record with two warnings',
    '100,1,a\n',
    '100,1,a\n',
    ['2,1,id,maximum,100,warning', '2,2,code,gb11714,1,warning'],
  ],
  [
    'a rejected record with a warning',
    '1,x,c\n',
    '',
    ['2,2,code,pattern,x,error', '2,2,code,gb11714,x,warning', '2,3,kind,enum,c,warning'],
  ],
  [
    'a missing value that should be there',
    ',,a\n,,a\n',
    ',,a\n,,a\n',
    ['2,1,id,required,,warning', '3,1,id,required,,warning'],
  ],
  ['another type is no warning', 'x,,a\n', '', ['2,1,id,type,x,error']],
  [
    'an accepted duplicate; the key stays with the first',
    '1,,a\n1,,b\n01,,\n',
    '1,,a\n1,,b\n01,,\n',
    ['3,1,id,unique,1,warning', '4,1,id,unique,01,warning'],
  ],
  [
    'a value that is warned of is a key',
    '100,,a\n100,,a\n',
    '100,,a\n',
    [
      '2,1,id,maximum,100,warning',
      '3,1,id,maximum,100,warning',
      '3,1,id,unique,100,warning',
      '3,1,id+kind,unique,100+a,error',
    ],
  ],
  [
    'a rejected record takes no key',
    '1,x,a\n1,,a\n',
    '1,,a\n',
    ['2,2,code,pattern,x,error', '2,2,code,gb11714,x,warning'],
  ],
  ['a rule of the record is an error', '1,2\n', '', ['2,,,columns,,error']],
])('%s', async (_, content, accepted, report) => {
  const outcome = await bothWays(content);
  expect([outcome.accepted, outcome.report]).toEqual([HEADER + accepted, report]);
});

test('warnings are counted apart, and a rejected record is one by its errors alone', async () => {
  const { result, fixFile } = await bothWays('1,,a\n1,,c\n1,,c\n2,x,d\n');
  expect(result).toMatchObject({
    rows: { read: 4, accepted: 2, rejected: 2 },
    violations: [
      { field: 'id', rule: 'unique', severity: 'warning', count: 2, firstLine: 3, lines: [3, 4] },
      { field: 'kind', rule: 'enum', severity: 'warning', count: 3, firstLine: 3 },
      { field: 'id+kind', rule: 'unique', count: 1, firstLine: 4 },
      { field: 'code', rule: 'pattern', count: 1, firstLine: 5 },
      { field: 'code', rule: 'gb11714', severity: 'warning', count: 1, firstLine: 5 },
    ],
    violationsTotal: 8,
    fixable: 2,
  });
  expect(fixFile.split('\n').slice(1, -1)).toEqual([
    expect.stringMatching(/^1,,c,"id\+kind: unique, [^;]*"$/),
    expect.stringMatching(/^2,x,d,"code: pattern, [^;]*"$/),
  ]);
});

test('a field and a key of one name keep their counts', async () => {
  const alike = aSchema({
    fields: [
      { name: 'a+b', constraints: { unique: true }, severity: { unique: 'warning' } },
      { name: 'a' },
      { name: 'b' },
    ],
    uniqueKeys: [['a', 'b']],
  });
  const { result } = await check(alike, 'a+b,a,b\n1,1,1\n1,1,1\n');
  expect(result).toMatchObject({
    violations: [
      { field: 'a+b', rule: 'unique', severity: 'warning', count: 1 },
      { field: 'a+b', rule: 'unique', count: 1 },
    ],
  });
});

describe('the report', () => {
  test.each([
    ['a column where a rule warns', schema, 'line,column,field,rule,value,severity'],
    [
      'no such column where none does',
      aSchema({ fields: [{ name: 'id', constraints: { required: true }, severity: { required: 'error' } }] }),
      'line,column,field,rule,value',
    ],
  ])('has %s', async (_, definition, head) => {
    const chunks: Uint8Array[] = [];
    const names = definition.fields.map(({ name }) => name).join(',');
    await checkRecords(
      inChunks(Buffer.from(`${names}\n${names}\n`)),
      { schema: definition, format: 'csv', encoding: 'utf-8' },
      { accepted: { write: () => undefined }, report: { write: (chunk) => void chunks.push(Buffer.from(chunk)) } },
    );
    expect(Buffer.concat(chunks).toString('utf8').split('\n')[0]).toBe(head);
  });
});

test('mended records meet the keys of records that were accepted with a warning', async () => {
  const base = { columns: ['id', 'code', 'kind'], input: inChunks(Buffer.from(`${HEADER}100,,a\n100,,b\n`)) };
  const { report } = await check(schema, `${HEADER}100,,a\n100,,\n`, { base });
  expect(report).toEqual([
    '2,1,id,maximum,100,warning',
    '2,1,id,unique,100,warning',
    '2,1,id+kind,unique,100+a,error',
    '3,1,id,maximum,100,warning',
    '3,1,id,unique,100,warning',
  ]);
});

test('what is accepted with warnings is what is accepted without the rules that warn', async () => {
  const silent = aSchema({
    ...schema,
    fields: [
      { name: 'id', type: 'integer' },
      { name: 'code', type: 'string', constraints: { pattern: '[0-9A-Z-]+', maxLength: 10 } },
      { name: 'kind', type: 'string' },
    ],
  });
  const cell = fc.constantFrom('', '1', '01', '100', 'x', 'a', 'c', '00251805-7', 'ABCDEFGHIJKL');
  const content = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(content, async (records) => {
      const lines = records.map((cells) => `${cells.join(',')}\n`).join('');
      expect((await bothWays(lines)).accepted).toBe((await check(silent, HEADER + lines)).accepted);
    }),
    { numRuns: searched(20, 160) },
  );
});
