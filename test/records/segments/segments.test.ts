import { expect, test } from '@jest/globals';
import { aSchema, check, columns } from '../support.ts';
import { inSegments } from './support.ts';

const keyed = aSchema({
  fields: [
    { name: 'id', type: 'integer', constraints: { unique: true } },
    { name: 'code', type: 'string', constraints: { unique: true, pattern: '[a-z]' } },
  ],
});
const pieces = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));

test('a record that is rejected for a key in another segment takes none of its others', async () => {
  const together = await inSegments(keyed, pieces('id,code\n1,a\n', '1,b\n7,c\n', '2,b\n07,d\n7,A\n'));
  expect(together).toMatchObject({
    accepted: 'id,code\n1,a\n7,c\n2,b\n',
    report: ['3,1,id,unique,1', '6,1,id,unique,07', '7,1,id,unique,7', '7,2,code,pattern,A'],
    again: 2,
    result: { rows: { read: 6, accepted: 3, rejected: 3 }, fixable: 3, violationsTotal: 4 },
  });
});

test('segments without a key that is taken are checked once', async () => {
  expect(await inSegments(keyed, pieces('id,code\n1,a\n', '2,b\nx,c\n'))).toMatchObject({ again: 0 });
});

test.each([
  ['no line break at its end', ['id,code\n1,a', '2,b\n']],
  ['a carriage return whose line feed is in the next', ['id,code\n1,a\r', '\n2,b\n']],
  ['an open quote', ['id,code\n1,"\n', '"\n']],
  ['a line break that its quotes enclose', ['id,code\n1,"a\n', 'b"\n2,c\n']],
  ['a record over a mebibyte that goes on', [`id,code\n1,"${'x\n'.repeat(600_000)}`, '"\n2,c\n']],
])('a segment is refused as cut: %s', async (_, texts) => {
  expect(await inSegments(keyed, pieces(...texts))).toEqual({ verdict: 'cut' });
});

test.each([
  ['the last needs no line break', 'id,code\n1,a\n|2,b'],
  ['a header alone', 'id,code\n|1,a\n|2,b\n'],
  ['blank lines that records follow, and others at the end', 'id,code\n1,a\n\n|\n\n|2,b\r\n\r\n|\n'],
  ['blank lines alone', 'id,code\n|\n\n|\n'],
  ['records all of which are rejected', 'id,code\nx,a\n|y,b\n|1,c\n'],
  ['a first record that looks like another format', 'id,code\n1,a\n|PK\u0003\u0004,b\n'],
  ['a first record with a byte order mark', 'id,code\n1,a\n|\uFEFF2,b\n'],
  ['first records whose numbers have no digit', 'id,code\n|x,a\n|,b\n|"",c\n'],
  ['a broken quote that closes on its line', 'id,code\n1,"a"x\n|2,b\n'],
])('one behind the other they are the file: %s', async (_, text) => {
  const whole = await check(keyed, text.replaceAll('|', ''));
  const together = await inSegments(keyed, pieces(...text.split('|')));
  if ('verdict' in together) throw new Error(together.verdict);
  expect(whole.result).toMatchObject({ ...together.result });
  if (whole.result.verdict === 'refused') return;
  expect(together).toMatchObject({ accepted: whole.accepted, report: whole.report, fixFile: whole.fixFile });
});

test.each([
  ['an unknown column', ['id,kode\n1,a\n', '2,b\n'], 'header'],
  ['another format', ['PK\u0003\u0004', '2,b\n'], 'unknown-format'],
])('the first segment speaks for the file: %s', async (_, texts, code) => {
  expect(await inSegments(keyed, pieces(...texts))).toMatchObject({ verdict: 'refused', refusal: { code } });
});

test('report and fix-file end where those of the whole file end', async () => {
  const schema = columns('a', 'b');
  const bad = (from: number) => Array.from({ length: 60_000 }, (_, i) => `${from + i}\n`).join('');
  const texts = [`a,b\n${bad(0)}\n`, bad(60_000), bad(120_000)];
  const whole = await check(schema, texts.join(''));
  const together = await inSegments(schema, pieces(...texts));
  if ('verdict' in together) throw new Error(together.verdict);
  expect(together.report).toHaveLength(100_000);
  expect(together.report).toEqual(whole.report);
  expect(together.fixFile === whole.fixFile).toBe(true);
  expect(whole.result).toMatchObject({ ...together.result });
});
