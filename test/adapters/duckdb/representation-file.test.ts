import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openDatabase } from '../../../functions/adapters/duckdb/database.ts';
import { writeRepresentation } from '../../../functions/adapters/duckdb/representation-file.ts';
import { checkedTable, checkQuery, sortedCopy } from '../../../functions/datasets/representation/table-sql.ts';
import {
  layoutOf,
  LongLine,
  orderedKey,
  orderedText,
  UnreadableValue,
  writeTable,
} from '../../../functions/records/index.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { aSchema, Collected, inChunks } from '../../records/support.ts';
import { searched } from '../../support/long.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hub-it's-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const options = () => ({ folder, memoryMb: 256, spillMb: 256, threads: 2 });
const cellOf = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csvOf = (columns: readonly string[], records: readonly (readonly string[])[]): string =>
  [columns.map(cellOf), ...records.map((cells) => cells.map(cellOf))].map((cells) => `${cells.join(',')}\n`).join('');

async function rowsOf(schema: TableSchema, columns: readonly string[], csv: string, chunk?: number) {
  const file = await writeRepresentation(inChunks(Buffer.from(csv), chunk), { schema, columns }, options());
  const database = await openDatabase(options());
  try {
    return {
      file,
      rows: await database.rows(`FROM read_parquet('${file.path.replaceAll("'", "''")}') ORDER BY file_row_number`),
    };
  } finally {
    database.close();
    rmSync(file.path);
  }
}

const people = aSchema({
  missingValues: ['', '-'],
  primaryKey: ['born', 'number'],
  fields: [
    { name: 'name', type: 'string', missingValues: ['无'] },
    { name: 'number', type: 'integer' },
    { name: 'born', type: 'date' },
    { name: 'height', type: 'number' },
    { name: 'seen', type: 'datetime' },
  ],
});
const columns = ['name', 'number', 'born', 'height', 'seen'];

describe('a dataset as a Parquet file', () => {
  test('has texts and ordered texts by place, in the order of the key', async () => {
    const { file, rows } = await rowsOf(
      people,
      columns,
      'name,number,born,height,seen\n甲,10,2000-01-01,1.750,\n"",9,2000-01-01,-,2026-11-30T08:00:00+08:00\n无,007,1999-12-31,-1,\n',
    );
    expect(file).toMatchObject({
      rows: 3,
      keyFields: ['born', 'number'],
      columns: [
        { field: 'name', text: 't0' },
        { field: 'number', text: 't1', ordered: 'v1' },
        { field: 'born', text: 't2' },
        { field: 'height', text: 't3', ordered: 'v3' },
        { field: 'seen', text: 't4', ordered: 'v4' },
      ],
    });
    const none = { t0: null, t3: null, t4: null, v3: null, v4: null };
    expect(rows).toEqual([
      { ...none, n: '3', k: '1999-12-31\u00013b17', t1: '007', t2: '1999-12-31', t3: '-1', v1: '3b17', v3: '1Z88~' },
      {
        ...none,
        n: '2',
        k: '2000-01-01\u00013b19',
        t0: '',
        t1: '9',
        t2: '2000-01-01',
        t4: '2026-11-30T08:00:00+08:00',
        v1: '3b19',
        v4: '2026-11-30',
      },
      {
        ...none,
        n: '1',
        k: '2000-01-01\u00013b21',
        t0: '甲',
        t1: '10',
        t2: '2000-01-01',
        t3: '1.750',
        v1: '3b21',
        v3: '3b1175',
      },
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('without a key it stays in the order of the records', async () => {
    const schema = aSchema({ fields: [{ name: 'a', type: 'string' }] });
    const { file, rows } = await rowsOf(schema, ['a'], 'a\nz\ny\n\nx\n');
    expect(file).not.toHaveProperty('keyFields');
    expect(rows.map(({ n, t0 }) => [n, t0])).toEqual([
      ['1', 'z'],
      ['2', 'y'],
      ['3', null],
      ['4', 'x'],
    ]);
  });

  test('of no records has none', async () => {
    expect((await rowsOf(people, columns, `${columns.join(',')}\n`)).rows).toEqual([]);
  });

  const text = fc.string({
    unit: fc.constantFrom('"', ',', '\n', '\r', "'", '\\', '\u0001', '\u0002', ' ', '数', '𠮷', 'a', '-', '0'),
    maxLength: 6,
  });
  test('has whatever a text may have, however the file comes', async () => {
    const schema = aSchema({
      missingValues: ['-'],
      primaryKey: ['a', 'b'],
      fields: ['a', 'b', 'c'].map((name) => ({ name, type: 'string' })),
    });
    const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text, text), { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        async (records, chunk) => {
          const { rows } = await rowsOf(schema, ['a', 'b', 'c'], csvOf(['a', 'b', 'c'], records), chunk);
          const valueOf = (cell: string) => (cell === '-' ? null : cell);
          const expected = records
            .map(([a, b, c], i) => ({
              n: String(i + 1),
              k: a === '-' || b === '-' ? null : orderedKey([a, b]),
              t0: valueOf(a),
              t1: valueOf(b),
              t2: valueOf(c),
            }))
            .toSorted((one, other) => {
              if (one.k === null || other.k === null) return Number(one.k === null) - Number(other.k === null);
              return byBytes(one.k, other.k);
            });
          expect(rows).toEqual(expected);
        },
      ),
      { numRuns: searched(15, 500) },
    );
  });

  test('of many records is sorted as a whole, in memory that does not hold them', async () => {
    const schema = aSchema({
      primaryKey: ['id'],
      fields: [
        { name: 'id', type: 'integer' },
        { name: 'words', type: 'string' },
      ],
    });
    const count = 60_000;
    const ids = Array.from({ length: count }, (_, i) => (i * 48_271) % 2_147_483_647);
    const csv = `id,words\n${ids.map((id) => `${id},"${`${id}\n`.repeat(300)}"\n`).join('')}`;
    const source = { schema, columns: ['id', 'words'] };
    const small = { folder, memoryMb: 256, spillMb: 1024, threads: 1 };
    const file = await writeRepresentation(inChunks(Buffer.from(csv)), source, small);
    const database = await openDatabase(options());
    const read = database.blocks(
      `SELECT k FROM read_parquet('${file.path.replaceAll("'", "''")}') ORDER BY file_row_number`,
    );
    const keys: string[] = [];
    for await (const block of read) keys.push(...block.map(([k]) => k as string));
    database.close();
    const key = orderedText(schema.fields[0]!);
    expect(keys).toEqual(ids.toSorted((a, b) => a - b).map((id) => key(String(id))));
  });
});

describe('what cannot be represented', () => {
  const source = { schema: people, columns };
  const written = (csv: string) => writeRepresentation(inChunks(Buffer.from(csv)), source, options());
  test('a value that is none of its type by the rules of today', async () => {
    await expect(written('name,number,born,height,seen\n甲,first,2000-01-01,,\n')).rejects.toThrow(UnreadableValue);
  });
  test('a record that is too long as a line', async () => {
    const csv = 'name,number,born,height,seen\n甲,1,2000-01-01,,\n';
    const sink = new Collected();
    await expect(writeTable(inChunks(Buffer.from(csv)), source, sink, 40)).rejects.toThrow(LongLine);
    await expect(writeTable(inChunks(Buffer.from(csv)), source, sink, 400)).resolves.toMatchObject({ rows: 1 });
  });
});

describe('the check of a file against its dataset', () => {
  const source = { schema: people, columns };
  const csv = 'name,number,born,height,seen\n甲,10,2000-01-01,1.750,\n乙,9,2000-01-02,,\n丙,8,2000-01-03,,\n';

  async function checked(table: string) {
    const [from, to] = ['t.csv', 't.parquet'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(from, table);
    const database = await openDatabase(options());
    try {
      await database.run(sortedCopy(layoutOf(source), from, { rows: 3, bytes: table.length }, to));
      const [found] = await database.rows(checkQuery(layoutOf(source), to));
      return checkedTable(found!).values;
    } finally {
      database.close();
    }
  }
  const tableOf = async () => {
    const sink = new Collected();
    return { ...(await writeTable(inChunks(Buffer.from(csv)), source, sink, 1000)), text: sink.text };
  };

  test('knows the values, whatever their order', async () => {
    const { values, text } = await tableOf();
    expect(await checked(text)).toBe(values);
    expect(
      await checked(
        text
          .split('\n')
          .slice(0, -1)
          .toReversed()
          .map((line) => `${line}\n`)
          .join(''),
      ),
    ).toBe(values);
  });
  test.each([
    ['a value is another', (table: string) => table.replace('1.750', '1.751')],
    ['an empty text is missing', (table: string) => table.replace('"甲"', '""').replace('"甲"', '')],
    [
      'two records have changed values',
      (table: string) => table.replace('乙', '#').replace('丙', '乙').replace('#', '丙'),
    ],
    ['a record is lost', (table: string) => table.split('\n').slice(1).join('\n')],
    ['a record is there twice', (table: string) => table + table.slice(0, table.indexOf('\n') + 1)],
    ['a value stands in the column beside its own', (table: string) => table.replace('"乙","9"', '"9","乙"')],
  ])('sees that %s', async (_, altered) => {
    const { values, text } = await tableOf();
    const other = altered(text);
    expect(other).not.toBe(text);
    expect(await checked(other)).not.toBe(values);
  });
});
