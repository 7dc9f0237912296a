import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { Base } from '../../functions/records/index.ts';
import { searched } from '../support/long.ts';
import { aSchema, check, columns, inChunks } from './support.ts';

const string = (name: string, constraints: object = {}) => ({ name, type: 'string', constraints }) as const;
const schema = aSchema({
  fields: [string('code', { unique: true }), string('name', { required: true }), { name: 'n', type: 'integer' }],
  primaryKey: 'code',
});

const aBase = (text: string, size?: number): Base => ({
  input: inChunks(Buffer.from(text), size),
  columns: text.slice(0, text.indexOf('\n')).split(','),
});
const join = (base: string, fixes: string, table: TableSchema = schema) =>
  check(table, fixes, { fixes: true, base: aBase(base) });

describe('a mended fix-file', () => {
  test('is taken without its column of errors, wherever that stands', async () => {
    for (const content of [
      'code,name,errors\n1,a,"name: required, a value"\n',
      'code,errors,name\n1,x,a\n',
      'code,name\n1,a\n',
    ]) {
      const { result, accepted } = await check(schema, content, { fixes: true });
      expect(accepted).toBe('code,name\n1,a\n');
      expect(result).toMatchObject({ columns: ['code', 'name'], baseRows: 0, rows: { read: 1, accepted: 1 } });
    }
  });

  test('keeps a field that is called errors, and leaves out _errors', async () => {
    const { accepted } = await check(columns('errors', 'a'), 'errors,a,_errors\n1,2,x\n', { fixes: true });
    expect(accepted).toBe('errors,a\n1,2\n');
  });

  test('gives a fix-file of its own with one column of errors', async () => {
    const { fixFile } = await check(schema, 'code,n,name,errors\n1,x,a,old\n2,3,b,old\n3,4\n', { fixes: true });
    expect(fixFile).toBe(
      '\uFEFFcode,n,name,errors\n1,x,a,"n: type, a whole number as 12"\n3,4,,"record: columns, as many cells as the header has columns"\n',
    );
  });

  test('is refused as an ordinary file, with a word on what to do', async () => {
    const { result } = await check(schema, 'code,name,errors\n1,a,x\n');
    expect(result).toMatchObject({
      verdict: 'refused',
      refusal: { code: 'header', detail: expect.stringContaining('upload it as the fixes of its upload') },
    });
  });

  test('without any field is refused', async () => {
    const { result } = await check(columns('a'), 'errors\nx\n', { fixes: true });
    expect(result).toMatchObject({ verdict: 'refused', refusal: { code: 'header', header: { missing: ['a'] } } });
  });
});

describe('records that join a dataset', () => {
  const base = 'code,name,n\n1,a,1\n"2","b ""x""",\n';

  test('stand behind it, which stays byte for byte, in its order and with empty cells for optional columns that they lack', async () => {
    const { result, accepted } = await join(base, 'name,errors,code\n"c",x,3\r\nd,y,"4"');
    const stored = `${base}3,"c",\n"4",d,\n`;
    expect(accepted).toBe(stored);
    expect(result).toMatchObject({
      rows: { read: 2, accepted: 2, rejected: 0 },
      baseRows: 2,
      columns: ['code', 'name', 'n'],
      violations: [],
      dataset: { bytes: Buffer.byteLength(stored), sha256: createHash('sha256').update(stored).digest('base64') },
    });
  });

  test('must not repeat a key of it; lines, rows and counts are those of the file alone', async () => {
    const { result, accepted, report } = await join(base, 'code,name,errors\n2,z,e\n3,c,e\n3,d,e\n1,z,e\n');
    expect(accepted).toBe(`${base}3,c,\n`);
    expect(report).toEqual(['2,1,code,unique,2', '4,1,code,unique,3', '5,1,code,unique,1']);
    expect(result).toMatchObject({
      rows: { read: 4, accepted: 1, rejected: 3 },
      baseRows: 2,
      violations: [{ count: 3, lines: [2, 4, 5] }],
      fixable: 3,
    });
  });

  test('keys of the dataset count by logical value, and those with a missing part do not', async () => {
    const table = aSchema({
      fields: [
        { name: 'a', type: 'integer' },
        { name: 'b', type: 'number' },
      ],
      uniqueKeys: [['a', 'b']],
    });
    const { report } = await join('b,a\n1.50,07\n"2",1\n,3\n', 'a,b\n7,1.5\n1,2.0\n3,\n', table);
    expect(report).toEqual(['2,1,a+b,unique,7+1.5', '3,1,a+b,unique,1+2.0']);
  });

  test('have the marker of a missing value where the empty cell is none', async () => {
    const table = aSchema({ fields: [string('a'), { name: 'b', type: 'string', missingValues: ['N,A'] }] });
    expect((await join('a,b\n1,2\n', 'a\n3\n', table)).accepted).toBe('a,b\n1,2\n3,"N,A"\n');
  });

  test.each<[title: string, fixes: string, table: TableSchema, finding: object]>([
    [
      'a column that it does not have',
      'code,name,extra\n3,c,x\n',
      aSchema({ ...schema, fields: [...schema.fields, string('extra')] }),
      { notInDataset: ['extra'], unknown: [] },
    ],
    [
      'no column for a field without a sign for nothing',
      'code,name\n3,c\n',
      aSchema({ fields: [string('code'), string('name'), { name: 'n', type: 'integer', missingValues: [] }] }),
      { missing: ['n'] },
    ],
    ['the errors twice', 'code,name,errors,errors\n3,c,x,y\n', schema, { repeated: ['errors'] }],
  ])('are refused with %s, and the dataset is not touched', async (_, fixes, table, header) => {
    let touched = false;
    async function* untouched() {
      touched = true;
      yield Buffer.from(base);
    }
    const { result } = await check(table, fixes, {
      fixes: true,
      base: { input: untouched(), columns: ['code', 'name', 'n'] },
    });
    expect(result).toMatchObject({ verdict: 'refused', refusal: { code: 'header', header } });
    expect(touched).toBe(false);
  });

  test('that become longer than a record may be are rejected', async () => {
    const MIB = 1024 * 1024;
    const table = columns('a', 'b', 'c');
    const { report, result } = await join(
      'a,b,c\n1,2,3\n',
      `b,a\n${'x'.repeat(MIB - 2)},1\n${'x'.repeat(MIB - 3)},1\n`,
      table,
    );
    expect(report).toEqual(['2,,,size,']);
    expect(result).toMatchObject({ rows: { accepted: 1, rejected: 1 } });
  });

  test.each([
    ['another header', 'code,n,name\n1,1,a\n'],
    ['a broken record', 'code,name,n\n1,a\n'],
    ['nothing at all', ''],
  ])('a base with %s is a fault of the store', async (_, text) => {
    await expect(
      check(schema, 'code,name\n3,c\n', {
        fixes: true,
        base: { input: inChunks(Buffer.from(text)), columns: ['code', 'name', 'n'] },
      }),
    ).rejects.toThrow('the dataset');
  });

  test('a base that cannot be read is a fault', async () => {
    async function* broken() {
      yield Buffer.from(base);
      throw new Error('connection lost');
    }
    await expect(
      check(schema, 'code,name\n3,c\n', { base: { input: broken(), columns: ['code', 'name', 'n'] } }),
    ).rejects.toThrow('connection lost');
  });

  test('none at all are refused as empty', async () => {
    expect((await join(base, 'code,name,errors\n')).result).toMatchObject({
      verdict: 'refused',
      refusal: { code: 'empty' },
    });
  });
});

test('what comes out is what one file of all records gives, however both come in pieces', async () => {
  const cell = fc.constantFrom('1', '2', '3', '"4"', '05', '', 'x', '"a""b"');
  const record = fc.tuple(cell, cell, cell).map((cells) => cells.join(','));
  const records = fc.array(record, { maxLength: 12 });
  const table = aSchema({
    fields: [{ name: 'a', type: 'any', constraints: { unique: true } }, { name: 'b', type: 'integer' }, string('c')],
    uniqueKeys: [['b', 'c']],
  });
  await fc.assert(
    fc.asyncProperty(
      records,
      fc.array(record, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (first, second, size, fast) => {
        const stored = (await check(table, `a,b,c\n${first.map((line) => `${line}\n`).join('')}`)).accepted;
        if (!stored.includes('\n', 6)) return;
        const joined = await check(table, `a,b,c\n${second.map((line) => `${line}\n`).join('')}`, {
          fixes: true,
          fast,
          base: { input: inChunks(Buffer.from(stored), size), columns: ['a', 'b', 'c'] },
        });
        const whole = await check(table, `${stored}${second.map((line) => `${line}\n`).join('')}`);
        expect(joined.accepted).toBe(whole.accepted);
        if (joined.result.verdict !== 'checked' || whole.result.verdict !== 'checked') throw new Error('refused');
        expect(joined.result.dataset).toEqual(whole.result.dataset);
        expect(joined.result.baseRows + joined.result.rows.accepted).toBe(whole.result.rows.accepted);
        expect(joined.result.violationsTotal).toBe(whole.result.violationsTotal);
      },
    ),
    { numRuns: searched(20, 150) },
  );
});

test('the whole way: what is rejected is mended in the fix-file and joins', async () => {
  const first = await check(schema, 'n,code,name\n1,1,a\nx,2,b\n3,3,\n4,1,c\n');
  const mended = first.fixFile.replace('x,2,b', '2,2,b').replace('3,3,,', '3,3,c,').replace('4,1,c', '4,4,d');
  const { result, accepted } = await check(schema, mended, {
    fixes: true,
    base: { input: inChunks(Buffer.from(first.accepted)), columns: ['n', 'code', 'name'] },
  });
  expect(accepted).toBe('n,code,name\n1,1,a\n2,2,b\n3,3,c\n4,4,d\n');
  expect(result).toMatchObject({ rows: { read: 3, accepted: 3, rejected: 0 }, baseRows: 1, fixable: 0 });
});
