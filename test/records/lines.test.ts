import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Engine } from '../../functions/records/check/engine.ts';
import type { Lines } from '../../functions/records/csv/markers.ts';
import { shapeOf } from '../../functions/records/check/shape.ts';
import { Violations } from '../../functions/records/check/violations.ts';
import { Output } from '../../functions/records/csv/output.ts';
import { Window } from '../../functions/records/csv/window.ts';
import { searched } from '../support/long.ts';
import { aSchema, Collected, inCuts } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'n', type: 'integer' },
    { name: 'text', type: 'string' },
  ],
});

/** Records without a header, the first of them on line 2. */
async function checked(content: Uint8Array, lines: Lines | undefined, cuts: readonly number[] = []) {
  const accepted = new Collected();
  const report = new Collected();
  const window = new Window(inCuts(content, cuts));
  const violations = new Violations(new Output(report));
  const output = new Output(accepted);
  const shape = shapeOf(['n', 'text'], { schema });
  const engine = new Engine({
    schema,
    shape,
    keys: [],
    line: 2,
    lines,
    window,
    accepted: output,
    violations,
    fixFile: undefined,
    fast: true,
  });
  for (let pause = engine.run(); pause !== 'end'; pause = engine.run()) {
    if (pause !== 'input') continue;
    await window.fill();
    engine.refilled();
  }
  await output.finish();
  await violations.output.finish();
  return { rows: engine.rows, accepted: accepted.text, report: report.text.split('\n').slice(1, -1) };
}

const marker = (first: number, text: string): Buffer => Buffer.concat([Buffer.of(first), Buffer.from(`${text}\n`)]);
const content = Buffer.concat([
  Buffer.from('1,"a\nb\nc"\n'),
  marker(0xff, 'json'),
  marker(0xfe, '3'),
  Buffer.from('x,y\n'),
  marker(0xff, 'columns\0{"n": "1", "text"'),
  Buffer.from('2,d\n3,"e\n'),
  Buffer.from('1,2"\nx,z\n'),
  marker(0xff, 'type'),
]);

test('where records are lines, line breaks of a cell are none, and markers reject records or pass lines over', async () => {
  expect(await checked(content, 'records')).toEqual({
    rows: { read: 8, accepted: 3, rejected: 5 },
    accepted: '1,"a\nb\nc"\n2,d\n3,"e\n1,2"\n',
    report: ['3,,,json,', '7,1,n,type,x', '8,,,columns,', '11,1,n,type,x', '12,,,type,'],
  });
});

test.each([undefined, 'physical'] as const)(
  'where lines are physical (%s), a marker is an undecodable record',
  async (lines) => {
    const { report } = await checked(
      Buffer.concat([marker(0xff, 'json'), marker(0xfe, '3'), Buffer.from('x,y\n')]),
      lines,
    );
    expect(report).toEqual(['2,,,columns,', '2,,,encoding,', '3,,,columns,', '3,,,encoding,', '4,1,n,type,x']);
  },
);

test('the pieces in which a converted file comes make no difference', async () => {
  const whole = await checked(content, 'records');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: content.length }), { maxLength: 20 }), async (cuts) => {
      expect(await checked(content, 'records', cuts)).toEqual(whole);
    }),
    { numRuns: searched(30, 200) },
  );
});

test('a blank line before a marker keeps its own line', async () => {
  const { rows, report } = await checked(Buffer.concat([Buffer.from('\n'), marker(0xff, 'json')]), 'records');
  expect([rows.read, report]).toEqual([2, ['2,,,columns,', '3,,,json,']]);
});

test('a cell of several lines is too long as one record, whatever its lines look like', async () => {
  const long = Buffer.from(`1,"${'2,x\n'.repeat(300_000)}"\n2,y\n`);
  const { rows, report } = await checked(long, 'records');
  expect([rows, report]).toEqual([{ read: 2, accepted: 1, rejected: 1 }, ['2,,,size,']]);
});

test.each([
  ['no rule', 0xff, '{}'],
  ['no number', 0xfe, 'x'],
])('a marker with %s is a fault of the converter', async (_, first, text) => {
  await expect(checked(marker(first, text), 'records')).rejects.toThrow('marker');
});
