import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { profileDataset } from '../../functions/records/index.ts';
import { Distinct } from '../../functions/records/profile/distinct.ts';
import { Hash64 } from '../../functions/records/profile/hash64.ts';
import { HyperLogLog } from '../../functions/records/profile/hyper-log-log.ts';
import { columnOf, judge, valueOf } from '../../functions/records/types/column.ts';
import { searched } from '../support/long.ts';
import { aSchema, check, inChunks } from './support.ts';

/** Of a dataset of one column `a`, beside one that keeps blank lines from being none. */
async function profileOf(field: object, cells: readonly string[], missingValues = ['']) {
  const schema = aSchema({ fields: [{ ...field, name: 'a' }, { name: 'b' }], missingValues });
  const dataset = `a,b\n${cells.map((cell) => `${cell},1\n`).join('')}`;
  const { rows, fields } = await profileDataset(inChunks(Buffer.from(dataset)), { schema, columns: ['a', 'b'] });
  return { rows, ...fields[0] };
}

test.each<[title: string, field: object, cells: string[], expected: object]>([
  ['nothing', { type: 'string' }, [], { rows: 0, missing: 0, distinct: 0 }],
  ['texts, which have no extremes', { type: 'string' }, ['b', 'a', '"a"', ''], { rows: 4, missing: 1, distinct: 2 }],
  ['quotes within texts', { type: 'string' }, ['"a""b"', '"a""b"', '"a""""b"'], { missing: 0, distinct: 2 }],
  [
    'whole numbers by value',
    { type: 'integer' },
    ['7', '07', '+7', '-3', '12'],
    { distinct: 3, minimum: '-3', maximum: '12' },
  ],
  [
    'numbers by value',
    { type: 'number' },
    ['1.50', '1.5', '15E-1', '1000', '1E3', '-0', '0', '0.0'],
    { distinct: 3, minimum: '-0', maximum: '1000' },
  ],
  [
    'numbers beyond what a double holds',
    { type: 'integer' },
    ['9007199254740993', '9007199254740992', '9007199254740994'],
    { distinct: 3, minimum: '9007199254740992', maximum: '9007199254740994' },
  ],
  [
    'infinities, and NaN outside of any order',
    { type: 'number' },
    ['NaN', '1E400', '-INF', 'INF'],
    { distinct: 4, minimum: '-INF', maximum: 'INF' },
  ],
  ['NaN alone', { type: 'number' }, ['NaN'], { distinct: 1 }],
  [
    'numbers of other dress',
    { type: 'number', groupChar: '.', decimalChar: ',' },
    ['"1.000,5"', '"1000,50"', '"2"'],
    { distinct: 2, minimum: '2', maximum: '1.000,5' },
  ],
  [
    'dates',
    { type: 'date' },
    ['2026-12-31', '0004-02-29', '2026-12-31'],
    { distinct: 2, minimum: '0004-02-29', maximum: '2026-12-31' },
  ],
  [
    'dates in a format',
    { type: 'date', format: '%d/%m/%Y' },
    ['01/12/2026', '02/01/2026'],
    { distinct: 2, minimum: '02/01/2026', maximum: '01/12/2026' },
  ],
  [
    'instants by value',
    { type: 'datetime' },
    [
      '2026-01-01T00:00:00Z',
      '2026-01-01T08:00:00+08:00',
      '2026-01-01T00:00:00',
      '2026-01-01T00:00:00.5Z',
      '2025-12-31T24:00:00.000',
    ],
    { distinct: 2, minimum: '2026-01-01T00:00:00Z', maximum: '2026-01-01T00:00:00.5Z' },
  ],
  [
    'a leap second before the midnight behind it',
    { type: 'datetime' },
    ['2017-01-01T00:00:00Z', '2016-12-31T23:59:60Z', '2017-01-01T07:59:60+08:00'],
    { distinct: 2, minimum: '2016-12-31T23:59:60Z', maximum: '2017-01-01T00:00:00Z' },
  ],
  [
    'times',
    { type: 'time' },
    ['23:59:59', '00:00:00', '23:59:59'],
    { distinct: 2, minimum: '00:00:00', maximum: '23:59:59' },
  ],
  ['years', { type: 'year' }, ['1949', '-0001', '12026', '1949Z'], { distinct: 3, minimum: '-0001', maximum: '12026' }],
  [
    'months',
    { type: 'yearmonth' },
    ['2026-12', '2026-02', '2026-12Z'],
    { distinct: 2, minimum: '2026-02', maximum: '2026-12' },
  ],
  ['truth, which has no order', { type: 'boolean' }, ['true', '1', '0', ''], { missing: 1, distinct: 2 }],
  ['points', { type: 'geopoint', format: 'array' }, ['"[1,2]"', '"[1.0, 2.00]"'], { distinct: 1 }],
  ['nothing of a person', { type: 'integer', sensitivity: 'personal' }, ['1', '2'], { distinct: 2 }],
  ['nothing that is sensitive', { type: 'date', sensitivity: 'sensitive' }, ['2026-12-31'], { distinct: 1 }],
])('of a column: %s', async (_, field, cells, expected) => {
  const { name, ...profile } = await profileOf(field, cells);
  expect(name).toBe('a');
  expect(profile).toEqual({ rows: cells.length, missing: 0, ...expected });
});

test('missing is what the definition calls so, in quotes or not', async () => {
  const cells = ['-', '"-"', '"say ""no"""', '', '""', '--'];
  expect(await profileOf({ type: 'string' }, cells, ['-', 'say "no"'])).toMatchObject({ missing: 3, distinct: 2 });
});

test('is of the columns of the dataset, in their order', async () => {
  const schema = aSchema({ fields: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
  const { fields } = await profileDataset(inChunks(Buffer.from('c,a\n1,2\n')), { schema, columns: ['c', 'a'] });
  expect(fields.map(({ name }) => name)).toEqual(['c', 'a']);
});

test.each([
  ['other columns', 'b\n1\n', /other columns/],
  ['no value of the type', 'a\nx\n', /no integer by the rules of today/],
])('a file that is no such dataset is a fault: %s', async (_, content, message) => {
  const schema = aSchema({ fields: [{ name: 'a', type: 'integer' }] });
  await expect(profileDataset(inChunks(Buffer.from(content)), { schema, columns: ['a'] })).rejects.toThrow(message);
});

const digits = fc.stringMatching(/^[+-]?\d{1,17}(\.\d{1,3})?(E-?\d)?$/);
const clock = fc.stringMatching(/^-?[12]\d{3,4}-0[1-9]-[12]\d(T[01]\d:[0-5]\d:[0-5]\d(\.\d)?(Z|\+0[0-9]:00)?)?$/);
const properties: readonly [type: 'number' | 'datetime' | 'date' | 'string', cells: fc.Arbitrary<string>][] = [
  ['number', digits],
  ['datetime', clock],
  ['date', clock],
  ['string', fc.stringMatching(/^[a-c]{0,2}$/)],
];
test.each(properties)('of any %s, as by the logical values', async (type, cell) => {
  const schema = aSchema({ fields: [{ name: 'a', type }, { name: 'b' }] });
  const column = columnOf(schema.fields[0]!, schema);
  const order = (a: unknown, b: unknown): number => column.type.compare?.(a, b) ?? 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(cell, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 50 }),
      async (cells, size) => {
        const { accepted } = await check(schema, `a,b\n${cells.map((text) => `${text},1\n`).join('')}`);
        const texts = accepted
          .split('\n')
          .slice(1, -1)
          .map((line) => line.slice(0, -2));
        const values = texts
          .map((text) => ({ text, value: valueOf(judge(column, text)) }))
          .filter(({ value }) => value !== undefined);
        const { fields } = await profileDataset(inChunks(Buffer.from(accepted), size), { schema, columns: ['a', 'b'] });
        expect(fields[0]).toMatchObject({
          missing: texts.length - values.length,
          distinct: new Set(values.map(({ value }) => column.type.canonical(value))).size,
        });
        if (type === 'string' || values.length === 0) return;
        const sorted = values.toSorted((a, b) => order(a.value, b.value));
        expect([fields[0]?.minimum, fields[0]?.maximum]).toEqual([
          sorted[0]?.text,
          sorted.find(({ value }) => order(value, sorted.at(-1)?.value) === 0)?.text,
        ]);
      },
    ),
    { numRuns: searched(20, 120) },
  );
});

describe('distinct values', () => {
  const countOf = (total: number, repeated = 1): number => {
    const distinct = new Distinct();
    const hash = new Hash64();
    for (let again = 0; again < repeated; again += 1) {
      for (let i = 0; i < total; i += 1) {
        hash.ofText(`value ${i}`);
        distinct.add(hash.high, hash.low);
      }
    }
    return distinct.count;
  };

  test.each([0, 1, 17, 4096])('are counted exactly up to 4096: %i', (total) => {
    expect(countOf(total, 2)).toBe(total);
  });

  test.each([4097, 20_000, 300_000])('are estimated within 2 % beyond: %i', (total) => {
    expect(Math.abs(countOf(total) - total) / total).toBeLessThan(0.02);
  });

  test('a hash of zeros is one like any other', () => {
    const distinct = new Distinct();
    distinct.add(0, 0);
    distinct.add(0, 0);
    distinct.add(0, 1);
    expect(distinct.count).toBe(2);
  });
});

test('numbers, whose bits differ little, are as far apart as texts', () => {
  const estimated = new HyperLogLog();
  const hash = new Hash64();
  for (let i = 0; i < 300_000; i += 1) {
    hash.ofNumber(i * 86_400);
    estimated.add(hash.high, hash.low);
  }
  expect(Math.abs(estimated.estimate - 300_000)).toBeLessThan(6000);
});

test('an empty sketch estimates nothing', () => {
  expect(new HyperLogLog().estimate).toBe(0);
});
