import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { lineOf } from '../../functions/records/index.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import type { Condition } from '../../schemas/contracts/terms.ts';
import { someTerms } from './a-run.ts';
import type { Plain } from './plainly.ts';

const FIELDS = [
  { name: 'id', type: 'string' },
  { name: 'no', type: 'integer' },
  { name: 'name, "full"', type: 'string', missingValues: ['-'] },
  { name: 'born', type: 'date', format: '%Y/%m/%d' },
  { name: 'amount', type: 'number', groupChar: ' ', decimalChar: ',' },
  { name: 'active', type: 'boolean', trueValues: ['是'], falseValues: ['否'] },
  { name: 'seen', type: 'date' },
];
export const NAMES = FIELDS.map(({ name }) => name);
const [, , NAME = ''] = NAMES;

/** Few values, so that keys meet; of each field some that are equal in other words, missing, and hostile. */
const GOOD: readonly (readonly string[])[] = [
  ['a', 'b', 'a"b', 'a,b', 'a\nb', '甲', ' a', "'; DROP TABLE list; --", '\\N', 'NULL'],
  ['7', '07', '+7', '-0', '0', '12345678901234567890123', '12345678901234567890124', ''],
  ['', '-', 'x', 'x ', '"', '𠀀', '\u{ffee}', 'e\u0301', 'é', '\t'],
  ['2020/02/29', '1999/12/31', '2000/01/01', ''],
  ['1 000,5', '1000,50', '1E3', '1000', 'NaN', '-INF', ',5', ''],
  ['是', '否', ''],
  ['2020-02-28', '2020-02-29', '0001-01-01', '10000-01-01', '-0001-12-31', ''],
];
const BAD: readonly string[] = ['', 'seven', '-', '2021/02/29', '1.000', 'true', '0000-01-01'];

const value = (i: number) => fc.constantFrom(...(GOOD[i] ?? []));
const listed = (i: number) =>
  fc.oneof({ weight: 9, arbitrary: value(i) }, { weight: 1, arbitrary: fc.constant(BAD[i] ?? '') });
const some = <T>(of: readonly T[], least = 0) => fc.subarray([...of], { minLength: least });

const condition: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { field: 'no', op: 'min', value: 0 },
  { field: 'no', op: 'in', value: ['007', 12, '0'] },
  { field: NAME, op: 'prefix', value: 'x' },
  { field: NAME, op: 'eq', value: '' },
  { field: 'amount', op: 'max', value: 1000.5 },
  { field: 'amount', op: 'min', value: '-INF' },
  { field: 'born', op: 'max', value: '2000/01/01' },
  { field: 'active', op: 'eq', value: true },
);

/** A resource, a list, and terms by which the two can be compared. */
export const plain: fc.Arbitrary<Plain> = fc
  .record({
    primaryKey: fc.constantFrom(undefined, ['id'], ['no', 'id']),
    resource: fc.array(fc.tuple(...GOOD.map((_, i) => value(i))), { maxLength: 12 }),
    rows: fc.array(fc.tuple(...GOOD.map((_, i) => listed(i))), { minLength: 1, maxLength: 12 }),
    key: some(NAMES, 1),
    rest: fc.shuffledSubarray(NAMES),
    fields: fc.shuffledSubarray(NAMES),
    filter: fc.array(condition, { maxLength: 2 }),
    mask: fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom('last4', 'first1', 'hide')),
  })
  .map(({ primaryKey, resource, rows, key, rest, fields, filter, mask }) => {
    const schema = TableSchema.parse({ fields: FIELDS, ...(primaryKey && { primaryKey }) });
    const terms = someTerms({
      key,
      compare: rest.filter((name) => !key.includes(name)),
      fields,
      filter,
      mask,
    });
    return { schema, terms, resource: unique(resource, primaryKey), list: { columns: NAMES, rows } };
  });

/** A dataset's key is there, and stands once. */
function unique(resource: readonly string[][], primaryKey: readonly string[] | undefined): string[][] {
  if (!primaryKey) return [...resource];
  const keyOf = (record: readonly string[]) =>
    primaryKey.map((name) => (name === 'no' ? BigInt(record[1] || 0) : record[0])).join(' ');
  return [...new Map(resource.filter((record) => record[1] !== '').map((record) => [keyOf(record), record])).values()];
}

export const csvOf = ({ columns, rows }: Plain['list']): string => [columns, ...rows].map(lineOf).join('');
export const read = (csv: Buffer): string[][] => parse(csv, { relax_column_count: false });
