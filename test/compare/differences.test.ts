import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { ComparedTerms } from '../../functions/compare/ports.ts';
import { lineOf } from '../../functions/records/index.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import { searched } from '../support/long.ts';
import { aRun } from './a-run.ts';

const schema = TableSchema.parse({
  primaryKey: ['id'],
  fields: ['id', 'name', 'place'].map((name) => ({ name, type: 'string' })),
});

type Rows = readonly (readonly string[])[];
interface Sides {
  readonly resource: Rows;
  readonly list: Rows;
}

const csvOf = (rows: Rows): string => [['id', 'name', 'own'], ...rows].map((row) => lineOf(row)).join('');

interface Asked {
  readonly kind?: 'verify' | 'intersect' | 'except' | 'missing';
  readonly terms?: Partial<ComparedTerms>;
  readonly rows?: Buffer | undefined;
  readonly header?: string;
  readonly resultFormat?: 'csv' | 'ndjson' | 'parquet' | 'xlsx';
}

async function told(
  { resource, list }: Sides,
  { kind = 'verify', terms = {}, rows, header, resultFormat }: Asked = {},
) {
  const {
    outcome,
    result,
    rows: left,
  } = await aRun({
    kind,
    schema,
    resource,
    terms: { compare: ['name'], fields: ['place'], ...terms },
    list: header === undefined ? csvOf(list) : csvOf(list).replace(/^.*\n/, header),
    before: { rows },
    ...(resultFormat && { resultFormat }),
  });
  if (outcome.verdict !== 'compared') throw new Error(JSON.stringify(outcome));
  return { text: result.toString('utf8'), changes: outcome.changes, outcome, left: left! };
}

const one: Sides = {
  resource: [
    ['1', '甲', 'x'],
    ['2', '乙', 'y'],
    ['3', '丙', 'z'],
  ],
  list: [
    ['1', '甲', 'a'],
    ['2', '甲', 'b'],
    ['4', '丁', 'c'],
  ],
};

describe('a result that is told as the difference to the one before', () => {
  test('is told whole where there is none before it', async () => {
    const { text, changes } = await told(one);
    expect(text).toBe(
      '_change,id,name,own,_result,_differs,place\n' +
        'new,1,甲,a,match,,x\nnew,2,甲,b,mismatch,name,\nnew,4,丁,c,absent,,\n',
    );
    expect(changes).toEqual({ new: 3, changed: 0, gone: 0, isWhole: true });
  });

  test('has the rows whose outcome, granted fields or own cells are others, new ones, and those that are gone', async () => {
    const first = await told(one);
    const second: Sides = {
      resource: [
        ['1', '甲', 'x2'],
        ['2', '甲', 'y'],
        ['5', '戊', 'v'],
      ],
      list: [
        ['2', '甲', 'b'],
        ['5', '戊', 'd'],
        ['1', '甲', 'a'],
      ],
    };
    const { text, changes } = await told(second, { rows: first.left });
    expect(text).toBe(
      '_change,id,name,own,_result,_differs,place\n' +
        'changed,2,甲,b,match,,y\nnew,5,戊,d,match,,v\nchanged,1,甲,a,match,,x2\ngone,4,丁,c,absent,,\n',
    );
    expect(changes).toEqual({ new: 1, changed: 2, gone: 1, isWhole: false });
  });

  test('has nothing where nothing but the order is another', async () => {
    const first = await told(one);
    const again = await told(
      { resource: one.resource.toReversed(), list: one.list.toReversed() },
      { rows: first.left },
    );
    expect(again.text).toBe('_change,id,name,own,_result,_differs,place\n');
    expect(again.outcome).toMatchObject({ hits: 1, result: { rows: 0 }, rows: { read: 3 } });
  });

  test.each([
    ['intersect', 'new,2,甲,b,y\ngone,1,甲,a,x\n'],
    ['except', 'new,1,甲,a\ngone,2,甲,b\n'],
    ['missing', 'new,1,x\nchanged,3,zz\ngone,2,y\n'],
  ] as const)('of every kind: %s', async (kind, lines) => {
    const fields = kind === 'missing' ? ['id', 'place'] : ['place'];
    const terms = { fields, compare: [] };
    const before: Sides =
      kind === 'missing'
        ? { resource: one.resource, list: [['1', '甲', 'a']] }
        : { resource: one.resource.filter(([id]) => id !== '2'), list: one.list };
    const now: Sides =
      kind === 'missing'
        ? { resource: [...one.resource.slice(0, 2), ['3', '丙', 'zz']], list: [['2', '甲', 'a']] }
        : { resource: one.resource.filter(([id]) => id !== '1'), list: one.list };
    const first = await told(before, { kind, terms });
    const { text } = await told(now, { kind, terms, rows: first.left });
    expect(text.split('\n').slice(1).join('\n')).toBe(lines);
  });

  test('has a row that stands twice as often as it stands, and a key of several rows row by row', async () => {
    const twice: Rows = [...one.list, ['1', '甲', 'a'], ['', '无', 'n']];
    const first = await told({ ...one, list: twice });
    const { text } = await told(
      { ...one, list: [...one.list, ['1', '甲', 'b'], ['', '无', 'n'], ['', '无', 'n']] },
      {
        rows: first.left,
      },
    );
    expect(text.split('\n').slice(1, -1)).toEqual([
      'new,1,甲,b,repeated,,',
      'new,,无,n,invalid,,',
      'gone,1,甲,a,repeated,,',
    ]);
  });

  test('begins anew where the columns of the list are others, or in another order', async () => {
    const first = await told(one);
    const other = await told(one, { rows: first.left, header: 'id,name,mine\n' });
    expect(other.changes).toEqual({ new: 3, changed: 0, gone: 0, isWhole: true });
  });

  test('leaves a column of the list that has its name as it is', async () => {
    const { text } = await told(one, { header: 'id,name,_change\n' });
    expect(text.split('\n')[0]).toBe('__change,id,name,_change,_result,_differs,place');
  });

  test.each(['ndjson', 'parquet', 'xlsx'] as const)('comes in every format: %s', async (resultFormat) => {
    const first = await told(one);
    const { outcome, text } = await told(one, { rows: first.left, resultFormat });
    expect(outcome).toMatchObject({ result: { rows: 0, columns: expect.arrayContaining(['_change', 'place']) } });
    const whole = await told(one, { resultFormat });
    expect(whole.outcome).toMatchObject({ result: { rows: 3 } });
    if (resultFormat === 'ndjson') {
      expect(text).toBe('');
      expect(JSON.parse(whole.text.split('\n')[0]!)).toMatchObject({ _change: 'new', id: '1', place: 'x' });
    }
  });

  test('leaves rows of which another digest says nothing: they are salted', async () => {
    const [first, again] = [await told(one), await told(one)];
    expect(first.text).toBe(again.text);
    expect(first.left.equals(again.left)).toBe(false);
  });
});

const cell = fc.constantFrom(
  '',
  '1',
  '2',
  '02',
  'a"b',
  'a,b',
  'a\nb',
  '甲',
  '\\N',
  'NULL',
  "'; DROP TABLE now; --",
  '\t',
  '\u0000',
);
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 9 });
const record = fc.uniqueArray(fc.tuple(cell, cell, cell), { maxLength: 7, selector: ([id]) => id });
const sides = fc.record({ resource: record, list: rows });

const countsOf = (records: readonly string[][]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const row of records) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
  return counts;
};

const plus = (counts: Map<string, number>, row: readonly string[], by: number): void => {
  const key = JSON.stringify(row);
  const next = (counts.get(key) ?? 0) + by;
  if (next < 0) throw new Error(`${key} is gone more often than it was there`);
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
};

const recordsOf = (text: string): string[][] => parse(text, { relax_column_count: true }).slice(1);

test('whoever applies the difference to what was told before has what is the whole now', async () => {
  await fc.assert(
    fc.asyncProperty(
      sides,
      sides,
      fc.constantFrom('verify', 'intersect', 'except', 'missing'),
      async (was, now, kind) => {
        const terms = { fields: ['id', 'place'], compare: kind === 'verify' ? ['name'] : [] };
        const before = await told(was, { kind, terms });
        const difference = await told(now, { kind, terms, rows: before.left });
        const whole = countsOf(recordsOf((await told(now, { kind, terms })).text).map(([, ...row]) => row));
        const have = countsOf(recordsOf(before.text).map(([, ...row]) => row));
        for (const [change, ...row] of recordsOf(difference.text)) {
          if (change === 'changed') {
            const old = [...have.keys()].filter((key) => (JSON.parse(key) as string[])[0] === row[0]);
            expect(old).toHaveLength(1);
            have.delete(old[0]!);
          }
          plus(have, row, change === 'gone' ? -1 : 1);
        }
        expect(have).toEqual(whole);
      },
    ),
    { numRuns: searched(12, 400) },
  );
});
