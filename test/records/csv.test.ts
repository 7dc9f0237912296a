import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { aSchema, check, columns, inChunks } from './support.ts';

const two = columns('a', 'b');

describe('records', () => {
  test.each<[title: string, input: string, stored: string]>([
    ['LF and CRLF mixed become LF', 'a,b\r\n1,2\n3,4\r\n', 'a,b\n1,2\n3,4\n'],
    ['the last record needs no line break', 'a,b\n1,2', 'a,b\n1,2\n'],
    ['a byte order mark is not a part of the first name', '\uFEFFa,b\n1,2\n', 'a,b\n1,2\n'],
    ['fields keep the quotes that they came with', 'a,b\n"1",2\n3,"4"\r\n', 'a,b\n"1",2\n3,"4"\n'],
    [
      'quoted fields hold delimiters, quotes and line breaks',
      'a,b\n"x,""y""","1\r\n2\n3"\n',
      'a,b\n"x,""y""","1\r\n2\n3"\n',
    ],
    ['columns stand in the order of the file', 'b,a\n1,2\n', 'b,a\n1,2\n'],
    ['a quoted name loses quotes that it does not need', '"a","b"\n1,2\n', 'a,b\n1,2\n'],
    ['an optional column may be absent', 'b\n1\n', 'b\n1\n'],
    ['blank lines at the end are nothing', 'a,b\n1,2\n\n\r\n', 'a,b\n1,2\n'],
    ['an empty quoted field is a field', 'a,b\n"",""\n', 'a,b\n"",""\n'],
    ['empty fields are missing values', 'a,b\n,\n', 'a,b\n,\n'],
  ])('%s', async (_, input, stored) => {
    const { result, accepted, report } = await check(two, input);
    expect(report).toEqual([]);
    expect(accepted).toBe(stored);
    expect(result).toMatchObject({
      verdict: 'checked',
      input: { bytes: Buffer.byteLength(input), sha256: createHash('sha256').update(input).digest('base64') },
      dataset: { bytes: Buffer.byteLength(stored), sha256: createHash('sha256').update(stored).digest('base64') },
    });
  });

  test.each<[title: string, input: string, report: string[], stored: string]>([
    ['too few and too many fields', 'a,b\n1\n1,2,3\n4,5\n', ['2,,,columns,', '3,,,columns,'], 'a,b\n4,5\n'],
    ['a blank line between records', 'a,b\n1,2\n\n3,4\n', ['3,,,columns,'], 'a,b\n1,2\n3,4\n'],
    ['several blank lines', 'a,b\n\n\r\n3,4\n', ['2,,,columns,', '3,,,columns,'], 'a,b\n3,4\n'],
    ['a quote within an unquoted field', 'a,b\n1"2,3\n4,5\n', ['2,,,quote,'], 'a,b\n4,5\n'],
    ['text after a closing quote', 'a,b\n"1"2,3\n4,5\n', ['2,,,quote,'], 'a,b\n4,5\n'],
    ['a space before an opening quote', 'a,b\n1, "2"\n4,5\n', ['2,,,quote,'], 'a,b\n4,5\n'],
    ['a carriage return of its own outside quotes', 'a,b\n1\r2,3\n4,5\n', ['2,,,quote,'], 'a,b\n4,5\n'],
    ['a carriage return at the end of the file', 'a,b\n1,2\n3,4\r', ['3,,,quote,'], 'a,b\n1,2\n'],
    ['one behind quotes there', 'a,b\n1,2\n3,"4"\r', ['3,,,quote,'], 'a,b\n1,2\n'],
    ['one that would be the last line', 'a,b\n1,2\n\r', ['3,,,quote,'], 'a,b\n1,2\n'],
    ['an unclosed quote loses its own line only', 'a,b\n1,2\n3,"4\n5,6\n7,8\n', ['3,,,quote,'], 'a,b\n1,2\n5,6\n7,8\n'],
    [
      'an unclosed quote that a later quote seems to close',
      'a,b\n1,"2\n3,"4"\n5,6\n',
      ['2,,,quote,'],
      'a,b\n3,"4"\n5,6\n',
    ],
    ['an unclosed quote in the last line', 'a,b\n1,2\n3,"4\n', ['3,,,quote,'], 'a,b\n1,2\n'],
    ['a stray quote in a text of several lines', 'a,b\n1,"x\ny"z\n5,6\n', ['2,,,quote,'], 'a,b\n5,6\n'],
    ['NUL', 'a,b\n1,\0\n4,5\n', ['2,,,encoding,'], 'a,b\n4,5\n'],
    ['lines are counted within quotes', 'a,b\n"1\n2\r\n3",4\n5\n6,7\n', ['5,,,columns,'], 'a,b\n"1\n2\r\n3",4\n6,7\n'],
  ])('rejects %s', async (_, input, report, stored) => {
    const outcome = await check(two, input);
    expect(outcome.report).toEqual(report);
    expect(outcome.accepted).toBe(stored);
    if (outcome.result.verdict !== 'checked') throw new Error('refused');
    const { read, accepted, rejected } = outcome.result.rows;
    expect([read, rejected]).toEqual([accepted + rejected, new Set(report.map((row) => row.split(',')[0])).size]);
  });

  test('bytes that are not UTF-8 reject their record alone', async () => {
    const input = Buffer.concat([Buffer.from('a,b\n1,2\n3,'), Buffer.from([0xd6, 0xd0]), Buffer.from('\n5,中\n')]);
    const { report, accepted } = await check(two, input);
    expect(report).toEqual(['3,,,encoding,']);
    expect(accepted).toBe('a,b\n1,2\n5,中\n');
  });

  test.each([
    ['overlong slash', [0xc0, 0xaf]],
    ['surrogate', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['cut short', [0xe4, 0xb8]],
  ])('an ill-formed sequence (%s) is no UTF-8', async (_, bytes) => {
    const { report } = await check(two, Buffer.concat([Buffer.from('a,b\nx,'), Buffer.from(bytes), Buffer.from('\n')]));
    expect(report).toEqual(['2,,,encoding,']);
  });

  test('an empty line of a table of one column is a record with a missing value', async () => {
    const { result, accepted } = await check(columns('a'), 'a\nx\n\ny\n\n');
    expect(accepted).toBe('a\nx\n\ny\n\n');
    expect(result).toMatchObject({ rows: { read: 4, accepted: 4, rejected: 0 } });
  });

  test('a name that needs quotes is quoted in what is stored and reported', async () => {
    const { accepted, report } = await check(
      aSchema({ fields: [{ name: 'x,"y"', type: 'integer' }] }),
      '"x,""y"""\n1\nz\n',
    );
    expect(accepted).toBe('"x,""y"""\n1\n');
    expect(report).toEqual(['3,1,"x,""y""",type,z']);
  });
});

describe('records of extreme length', () => {
  const MIB = 1024 * 1024;

  test('a record of exactly 1 MiB is accepted, one byte more is not', async () => {
    const fits = `1,${'x'.repeat(MIB - 2)}`;
    const { report, accepted } = await check(two, `a,b\n${fits}\r\n${fits}y\r\n3,4\n`);
    expect(report).toEqual(['3,,,size,']);
    expect(accepted).toBe(`a,b\n${fits}\n3,4\n`);
  });

  test('a quoted text that is too long is skipped to its end', async () => {
    const { report, accepted, result } = await check(two, `a,b\n1,"${'long ""text""\n'.repeat(200_000)}"\n3,4\n5\n`);
    expect(report).toEqual(['2,,,size,', '200004,,,columns,']);
    expect(accepted).toBe('a,b\n3,4\n');
    expect(result).toMatchObject({ rows: { read: 3, accepted: 1, rejected: 2 } });
  });

  test('an unclosed quote before more than 1 MiB of good records loses its own line only', async () => {
    const good = Array.from({ length: 300_000 }, (_, i) => `${i},x\n`).join('');
    const { report, accepted } = await check(two, `a,b\n1,"2\n${good}`);
    expect(report).toEqual(['2,,,quote,']);
    expect(accepted).toBe(`a,b\n${good}`);
  });

  test.each<[string, string]>([
    ['a long unquoted text', `a,b\n1,${'x'.repeat(MIB)}\n3,4\n`],
    ['a long quoted text', `a,b\n1,"${'x\n'.repeat(MIB)}"\r\n3,4\n`],
    ['a long text with doubled quotes', `a,b\n1,"${'""\n'.repeat(MIB / 2)}"\n3,4\n`],
    ['an unclosed quote before good records', `a,b\n1,"2\n${'3,4\n'.repeat(MIB / 3)}`],
    ['a record that just fits', `a,b\n1,${'x'.repeat(MIB - 2)}\r\n3,4\n`],
    ['a record that just does not', `a,b\n1,${'x'.repeat(MIB - 1)}\r\n3,4\n`],
  ])('%s comes to the same in any pieces', async (_, content) => {
    const whole = await check(two, content, { input: inChunks(Buffer.from(content), 100 * MIB) });
    for (const size of [1013, 65_537, MIB + 1]) {
      expect(await check(two, content, { input: inChunks(Buffer.from(content), size) })).toEqual(whole);
    }
  });

  test('a file of one endless line has one record too long', async () => {
    const { report, result } = await check(two, `a,b\n1,${'x'.repeat(5 * MIB)}`);
    expect(report).toEqual(['2,,,size,']);
    expect(result).toMatchObject({ rows: { read: 1, accepted: 0, rejected: 1 } });
  });
});

describe('report', () => {
  test('holds the first 100,000 violations, the counts hold all', async () => {
    const { result, report } = await check(two, `a,b\n${'1\n'.repeat(100_010)}2,3\n`);
    expect(report.length).toBe(100_000);
    expect(result).toMatchObject({
      violationsTotal: 100_010,
      reported: 100_000,
      rows: { read: 100_011, accepted: 1, rejected: 100_010 },
      violations: [{ field: '', rule: 'columns', count: 100_010, firstLine: 2 }],
    });
  });

  test('masks personal and sensitive values to one length, the others as they came', async () => {
    const schema = aSchema({
      fields: ['public', 'internal', 'personal', 'sensitive'].map((sensitivity) => ({
        name: sensitivity,
        type: 'integer',
        sensitivity,
      })),
    });
    const { report } = await check(
      schema,
      'public,internal,personal,sensitive\nx,"y ""z""",secret,very secret indeed\n',
    );
    expect(report).toEqual([
      '2,1,public,type,x',
      '2,2,internal,type,"y ""z"""',
      '2,3,personal,type,***',
      '2,4,sensitive,type,***',
    ]);
  });

  test('a key with a personal part is masked', async () => {
    const schema = aSchema({
      fields: [
        { name: 'id', type: 'string', sensitivity: 'personal' },
        { name: 'on', type: 'date' },
      ],
      primaryKey: ['id', 'on'],
    });
    const { report } = await check(schema, 'on,id\n2026-01-01,7\n2026-01-01,7\n');
    expect(report).toEqual(['3,2,id+on,unique,***']);
  });

  test('cuts long values', async () => {
    const { report } = await check(aSchema({ fields: [{ name: 'a', type: 'integer' }] }), `a\n${'长'.repeat(500)}\n`);
    expect(report).toEqual([`2,1,a,type,${'长'.repeat(200)}…`]);
  });
});
