import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { writeExtracts } from '../../../functions/records/index.ts';
import { lineOf } from '../../../functions/records/csv/quoting.ts';
import { aSchema, Collected, inChunks, inCuts } from '../support.ts';
import { searched } from '../../support/long.ts';
import { checkFile } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'id', type: 'integer', constraints: { required: true } },
    { name: 'text', type: 'string' },
    { name: 'amount', type: 'number' },
    { name: 'day', type: 'date' },
    { name: 'yes', type: 'boolean' },
  ],
  primaryKey: ['id'],
});

interface Row {
  readonly id: number | null;
  readonly text: string | null;
  readonly amount: number | null;
  readonly day: Date | null;
  readonly yes: boolean | null;
}

/** Characters that formats have in common: XML has no control characters, and spreadsheets write CR as LF. */
const text = fc
  .string({ unit: fc.constantFrom(...Array.from('ab"\'<>&,;=+-@ \n\t_x000D_é北😀')) })
  .filter((value) => value !== '');
const day = fc
  .integer({ min: Date.UTC(1900, 2, 1) / 86_400_000, max: Date.UTC(2200, 0, 1) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000));
/** Of as many digits as everybody writes in the same way. */
const amount = fc
  .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => Number(`${digits}e-${places}`));
const row: fc.Arbitrary<Row> = fc.record({
  id: fc.option(fc.integer({ min: -5, max: 5 })),
  text: fc.option(text),
  amount: fc.option(amount),
  day: fc.option(day),
  yes: fc.option(fc.boolean()),
});
const rows = fc.array(row, { minLength: 1, maxLength: 20 }).filter((all) => all.some(({ id }) => id !== null));

const plain = (value: Row[keyof Row]): string => {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value);
};
const names = ['id', 'text', 'amount', 'day', 'yes'] as const;
const csvOf = (all: readonly Row[]): string =>
  lineOf([...names]) + all.map((one) => lineOf(names.map((name) => plain(one[name])))).join('');

test('records as NDJSON are the same records, however the file is cut', () =>
  fc.assert(
    fc.asyncProperty(rows, fc.array(fc.nat(500), { maxLength: 5 }), async (all, cuts) => {
      const lines = all.map((one) =>
        JSON.stringify({ ...one, amount: undefined, day: one.day === null ? null : plain(one.day) }).replace(
          /}$/,
          `,"amount":${one.amount === null ? 'null' : plain(one.amount)}}`,
        ),
      );
      const content = Buffer.from(lines.join('\n'));
      const expected = await checkFile(schema, csvOf(all), { format: 'csv' });
      const found = await checkFile(schema, '', { format: 'ndjson', input: inCuts(content, cuts) });
      expect(found.accepted).toBe(expected.accepted);
      expect(found.result).toMatchObject({ rows: (expected.result as { rows: object }).rows });
    }),
    { numRuns: searched(30, 200) },
  ));

test('records in a workbook of another writer are the same records', () =>
  fc.assert(
    fc.asyncProperty(rows, async (all) => {
      // A row of nothing is no record of a sheet.
      const some = all.filter((one) => names.some((name) => one[name] !== null));
      const file = await writeXlsx({
        sheets: [{ name: 's', rows: [[...names], ...some.map((one) => names.map((name) => one[name]))] }],
      });
      const expected = await checkFile(schema, csvOf(some), { format: 'csv' });
      expect((await checkFile(schema, file, { format: 'xlsx' })).accepted).toBe(expected.accepted);
    }),
    { numRuns: searched(15, 80) },
  ));

const columnsOf = (all: readonly Row[]): ColumnSource[] => [
  { name: 'id', type: 'INT64', data: all.map(({ id }) => (id === null ? null : BigInt(id))) },
  { name: 'text', type: 'STRING', data: all.map(({ text }) => text) },
  { name: 'amount', type: 'DOUBLE', data: all.map(({ amount }) => amount) },
  { name: 'day', type: 'TIMESTAMP', data: all.map(({ day }) => day) },
  { name: 'yes', type: 'BOOLEAN', data: all.map(({ yes }) => yes) },
];

test('records in a Parquet file of another writer are the same records', () =>
  fc.assert(
    fc.asyncProperty(rows, async (all) => {
      const file = new Uint8Array(parquetWriteBuffer({ columnData: columnsOf(all), rowGroupSize: 7 }));
      const expected = await checkFile(schema, csvOf(all), { format: 'csv' });
      expect((await checkFile(schema, file, { format: 'parquet' })).accepted).toBe(expected.accepted);
    }),
    { numRuns: 5 },
  ));

test.each(['ndjson', 'xlsx', 'parquet'] as const)('what an extract writes as %s is what a check reads', (format) =>
  fc.assert(
    fc.asyncProperty(rows, async (all) => {
      const { accepted, result } = await checkFile(schema, csvOf(all), { format: 'csv' });
      if (result.verdict !== 'checked' || result.rows.accepted === 0) return;
      const sink = new Collected();
      const spec = { fields: [...names], filter: [], mask: {}, format };
      const source = { schema, columns: result.columns };
      const [extract] = await writeExtracts(inChunks(Buffer.from(accepted)), source, [{ spec, sink }]);
      expect(extract).toMatchObject({ ok: true, rows: result.rows.accepted, bytes: sink.bytes.length });
      expect((await checkFile(schema, sink.bytes, { format })).accepted).toBe(accepted);
    }),
    { numRuns: format === 'parquet' ? 5 : searched(15, 80) },
  ),
);
