import { describe, expect, test } from '@jest/globals';
import { openTable } from '../../../functions/records/index.ts';
import { aDataset } from '../changes/support.ts';
import { aSchema, columns, inCuts } from '../support.ts';
import { checkFile, type FileSettings } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'n', type: 'number' },
    { name: 's', type: 'string' },
    { name: 'b', type: 'boolean' },
    { name: 'any', type: 'any' },
    { name: 'geo', type: 'geojson' },
    { name: 'd', type: 'date' },
  ],
});
const check = (content: string | Uint8Array, settings: FileSettings = {}) =>
  checkFile(schema, content, { format: 'ndjson', ...settings });
const HEADER = 'n,s,b,any,geo,d\n';

describe('a record', () => {
  test.each<[string, string, string]>([
    ['members in any order, absent ones missing', '{"s": "x", "n": 1}', '1,x,,,,'],
    ['null as missing', '{"n":null,"s":"x","b":null}', ',x,,,,'],
    ['no members', '{}', ',,,,,'],
    ['digits as they came', '{"n":1.10}', '1.10,,,,,'],
    ['digits beyond a double', '{"n":-12345678901234567890.123E+5}', '-12345678901234567890.123E+5,,,,,'],
    ['a number in a field of strings', '{"s":7.0}', ',7.0,,,,'],
    ['true and false', '{"b":true,"s":false}', ',false,true,,,'],
    ['a comma', '{"s":"a,b"}', ',"a,b",,,,'],
    ['escapes', String.raw`{"s":"a\"b\\\/\u00e9\ud83d\ude00"}`, ',"a""b\\/é😀",,,,'],
    ['line breaks', String.raw`{"s":"a\r\nb"}`, ',"a\r\nb",,,,'],
    ['an escaped name', String.raw`{"\u0073":"x"}`, ',x,,,,'],
    ['nested JSON as it is written', '{"any":{"a": [1.10, {"b":null}]}}', ',,,"{""a"": [1.10, {""b"":null}]}",,'],
    [
      'GeoJSON',
      '{"geo":{"type":"Point","coordinates":[1.0,2]}}',
      ',,,,"{""type"":""Point"",""coordinates"":[1.0,2]}",',
    ],
    ['blanks everywhere', ' \t{ "n" :\t1 , "s" : "x" } \r', '1,x,,,,'],
    ['a string that is not ASCII', '{"s":"北京"}', ',北京,,,,'],
  ])('with %s', async (_, line, expected) => {
    const { accepted, report } = await check(`${line}\n`);
    expect([accepted, report]).toEqual([`${HEADER}${expected}\n`, []]);
  });

  test.each<[string, string, string]>([
    ['no JSON', 'n=1', ',,json,'],
    ['an array', '[1]', ',,json,'],
    ['a string', '"x"', ',,json,'],
    ['two objects', '{"n":1}{"n":2}', ',,json,'],
    ['a cut object', '{"n":1', ',,json,'],
    ['a trailing comma', '{"n":1,}', ',,json,'],
    ['a comma alone', '{,}', ',,json,'],
    ['a name without quotes', '{n:1}', ',,json,'],
    ['a leading zero', '{"n":01}', ',,json,'],
    ['a bare point', '{"n":1.}', ',,json,'],
    ['a plus', '{"n":+1}', ',,json,'],
    ['NaN', '{"n":NaN}', ',,json,'],
    ['a word that goes on', '{"b":truely}', ',,json,'],
    ['a lone surrogate', String.raw`{"s":"\ud800"}`, ',,json,'],
    ['a control character', '{"s":"a\tb"}', ',,json,'],
    ['an unknown escape', String.raw`{"s":"\x"}`, ',,json,'],
    ['a broken nested value', '{"any":{"a":[1}}', ',,json,'],
    ['an unknown member', '{"x":1}', ',,columns,'],
    ['a member twice', '{"n":1,"n":1}', ',,columns,'],
    ['a member twice, once escaped', String.raw`{"n":1,"\u006e":1}`, ',,columns,'],
    ['null twice', '{"n":null,"n":null}', ',,columns,'],
    ['__proto__', '{"__proto__":{"n":1}}', ',,columns,'],
    ['a member of a name that objects have', '{"__proto__":1}', ',,columns,'],
    ['an unknown member and no JSON', '{"x":1,"n":}', ',,json,'],
    ['NUL', String.raw`{"s":"\u0000"}`, ',,encoding,'],
    ['an object in a field of strings', '{"s":{}}', '2,s,type,{}'],
    ['an array in a field of numbers', '{"n":[1]}', '1,n,type,[1]'],
    ['a number that is no date', '{"d":20261201}', '6,d,type,20261201'],
  ])('with %s is rejected', async (_, line, expected) => {
    const { accepted, report } = await check(`{"n":1}\n${line}\n{"n":2}\n`);
    expect(report).toEqual([`2,${expected}`]);
    expect(accepted).toBe(`${HEADER}1,,,,,\n2,,,,,\n`);
  });

  test('may nest 512 deep, and no deeper', async () => {
    const nested = (depth: number): string => `{"any":${'['.repeat(depth)}${']'.repeat(depth)}}\n`;
    expect((await check(nested(512))).report).toEqual([]);
    expect((await check(nested(513) + nested(500_000))).report).toEqual(['1,,,json,', '2,,,json,']);
  });

  test('of which a byte is no UTF-8 is rejected, whatever the byte says to the engine', async () => {
    const bad = Buffer.concat([Buffer.from('{"s":"'), Buffer.of(0xff, 0xfe), Buffer.from('9"}\n{"n":1}\n')]);
    expect(await check(bad)).toMatchObject({ report: ['1,,,encoding,'], accepted: `${HEADER}1,,,,,\n` });
  });

  test.each([
    [1024 * 1024, []],
    [1024 * 1024 + 1, ['1,,,size,']],
    [3 * 1024 * 1024, ['1,,,size,']],
  ])('of %i bytes', async (bytes, expected) => {
    const line = `{"s":"${'x'.repeat(bytes - 8)}"}`;
    const { report, result } = await check(`${line}\r\n{"n":1}\n`);
    expect([report, result]).toMatchObject([expected, { rows: { read: 2 } }]);
  });
});

test('a number with a point is no integer, also where points group digits', async () => {
  const grouped = aSchema({ fields: [{ name: 'n', type: 'integer', groupChar: '.' }] });
  const { accepted, report } = await checkFile(grouped, '{"n":1.5}\n{"n":"1.500"}\n{"n":-7}\n', { format: 'ndjson' });
  expect([accepted, report]).toEqual(['n\n1.500\n-7\n', ['1,1,n,type,"1,5"']]);
});

test('blank lines are no JSON, but at the end', async () => {
  const { report, result } = await check('\n{"n":1}\n \t\r\n\n{"n":x}\n\n\n');
  expect(report).toEqual(['1,,,json,', '3,,,json,', '4,,,json,', '5,,,json,']);
  expect(result).toMatchObject({ rows: { read: 5, accepted: 1 } });
});

test('a file of blank lines is empty', async () => {
  expect((await check('\n \n')).result).toMatchObject({ refusal: { code: 'empty' } });
});

test('values stand as their fields read them, and missing ones as the first sign for it', async () => {
  const local = aSchema({
    missingValues: ['-', 'n/a'],
    fields: [
      { name: 'n', type: 'number', decimalChar: ',', groupChar: '.' },
      { name: 'b', type: 'boolean', trueValues: ['是'], falseValues: ['否'] },
      { name: 's', type: 'string', missingValues: [] },
    ],
  });
  const { accepted, report } = await checkFile(
    local,
    '{"n":1.5,"b":true,"s":""}\n{"n":"1.000","b":false,"s":"n/a"}\n{"n":"n/a","s":""}\n',
  );
  expect([accepted, report]).toEqual(['n,b,s\n"1,5",是,\n1.000,否,n/a\nn/a,-,\n', []]);
});

test('lines of GB18030 are decoded, and an undecodable one is rejected alone', async () => {
  const content = Buffer.concat([
    Buffer.from('{"s":"'),
    Buffer.of(0xd6, 0xd0),
    Buffer.from('"}\n{"s":"'),
    Buffer.of(0x81),
    Buffer.from('"}\n{"n":1}'),
  ]);
  const { accepted, report } = await check(content, { encoding: 'gb18030' });
  expect([accepted, report]).toEqual([`${HEADER},中,,,,\n1,,,,,\n`, ['2,,,encoding,']]);
});

const content = Buffer.from(
  `\uFEFF{"n":1,"s":"a,b"}\r\n\n{"s":"é\\n😀","any":{"x":[1,"]"]}}\n${'{"n":2}\n'.repeat(3)}{"x":1}\n{"s":\u0000}\n{"n":3}`,
);

test.each(Array.from(content.keys(), (cut) => [cut]))('is the same when cut at byte %i', async (cut) => {
  const whole = await check(content);
  const { accepted, report, result } = await check(content, { input: inCuts(content, [cut]) });
  expect([accepted, report, result]).toEqual([whole.accepted, whole.report, whole.result]);
});

test('the cut file has what its parts have', async () => {
  const { accepted, report } = await check(content);
  expect(accepted).toBe(`${HEADER}1,"a,b",,,,\n,"é\n😀",,"{""x"":[1,""]""]}",,\n${'2,,,,,\n'.repeat(3)}3,,,,,\n`);
  expect(report).toEqual(['2,,,json,', '7,,,columns,', '8,,,json,']);
});

describe('mended records', () => {
  const base = { columns: ['s', 'n'], input: inCuts(Buffer.from('s,n\nx,1\n'), []) };

  test('join a dataset by its columns; what was wrong with them is not read', async () => {
    const { accepted, report } = await check('{"n":2,"errors":"n: type"}\n{"n":3,"b":true}\n', { fixes: true, base });
    expect([accepted, report]).toEqual(['s,n\nx,1\n,2\n', ['2,,,columns,']]);
  });
});

test('edits say what to do in a member, and may have fields that the dataset takes as missing', async () => {
  const keyed = aSchema({
    fields: [
      { name: 'id', type: 'integer' },
      { name: 'new', type: 'string' },
      { name: 'newer', type: 'string', missingValues: [] },
    ],
    primaryKey: 'id',
  });
  const input = inCuts(Buffer.from('{"id":1,"_op":"delete"}\n{"id":2,"new":"x"}\n{"newer":"x"}\n{"_op":{}}'), []);
  const base = { columns: ['id'] };
  const table = await openTable(input, { format: 'ndjson', encoding: 'utf-8', schema: keyed, changes: true, base });
  if ('code' in table) throw new Error(table.code);
  const chunks: Buffer[] = [];
  for await (const chunk of table.csv) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString('latin1')).toBe('_op,id,new\ndelete,1,\n,2,x\n\xFFcolumns\n{},,\n');
});

test('without a schema, the first objects say what members there are, and what is no such object is left out', async () => {
  const content = '{"b":1,"a":{"x":"é"}}\nnonsense\n{"a":null,"c":true}\n';
  for (const cut of [[], [5, 20, 30]]) {
    const table = await openTable(inCuts(Buffer.from(content), cut), { format: 'auto', encoding: 'utf-8' });
    if ('code' in table) throw new Error(table.code);
    const chunks: Buffer[] = [];
    for await (const chunk of table.csv) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toBe('b,a,c\n1,"{""x"":""é""}",\n,,true\n');
  }
});

test('a table of one column may have records of nothing', async () => {
  const { accepted, result } = await checkFile(columns('a'), '{"a":"x"}\n{}\n{"a":""}\n', { format: 'ndjson' });
  expect([accepted, result]).toMatchObject(['a\nx\n\n\n', { rows: { accepted: 3 } }]);
});

describe('in a field without a sign for "nothing"', () => {
  const strict = aSchema({
    fields: [
      { name: 'id', type: 'string' },
      { name: 's', type: 'string', missingValues: [] },
      { name: 'n', type: 'integer', missingValues: [] },
    ],
    primaryKey: ['id'],
  });

  test.each<[string, string, string[]]>([
    ['null', '{"id":"a","s":null,"n":null}', ['1,2,s,required,', '1,3,n,required,']],
    ['no member', '{"id":"a","n":1}', ['1,2,s,required,']],
    [
      'null beside what no field has',
      '{"id":"a","s":{"x":[1]},"n":null}',
      ['1,2,s,type,"{""x"":[1]}"', '1,3,n,required,'],
    ],
  ])('%s is missing, and breaks required', async (_, line, expected) => {
    expect(await checkFile(strict, `${line}\n`, { format: 'ndjson' })).toMatchObject({
      accepted: 'id,s,n\n',
      report: expected,
    });
  });

  test('an empty string is a value', async () => {
    const { accepted, report } = await checkFile(strict, '{"id":"a","s":"","n":1}\n', { format: 'ndjson' });
    expect([accepted, report]).toEqual(['id,s,n\na,,1\n', []]);
  });

  test('a delete needs its key alone', async () => {
    const { accepted, report } = await checkFile(
      strict,
      '{"_op":"delete","id":"a"}\n{"_op":"delete","s":"x"}\n{"id":"b","s":null,"n":2}\n',
      { format: 'ndjson', changes: true, base: aDataset('id,s,n\na,x,1\nb,y,2\n') },
    );
    expect([accepted, report]).toEqual(['id,s,n\nb,y,2\n', ['2,2,id,required,', '3,3,s,required,']]);
  });
});
