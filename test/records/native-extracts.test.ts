import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Condition, Mask } from '../../schemas/contracts/terms.ts';
import type { ExtractSpec } from '../../schemas/contracts/messages.ts';
import { ANYTHING } from '../../functions/records/csv/cell-rule.ts';
import { Cells } from '../../functions/records/csv/cells.ts';
import { Memory } from '../../functions/records/csv/memory.ts';
import { HIDE, NOTHING, WHOLE } from '../../functions/records/csv/native/copy-pieces.ts';
import { nativeChoice } from '../../functions/records/csv/native/native-choice.ts';
import { nativeLines } from '../../functions/records/csv/native/native-lines.ts';
import { nativeMemory } from '../../functions/records/csv/native/native-memory.ts';
import { NativeScan } from '../../functions/records/csv/native/native-scan.ts';
import { Scanner } from '../../functions/records/csv/scanner.ts';
import { ExtractWriter } from '../../functions/records/extract/extract-writer.ts';
import { searched } from '../support/long.ts';
import { aSchema, Collected } from './support.ts';

const RUNS = searched(100, 300);
const SIZE = 1024 * 1024;
const CAPACITY = 64;

const columns = ['code', 'name', 'note', 'phone', 'kind'];
const schema = aSchema({
  missingValues: [''],
  fields: [
    { name: 'code', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'note', type: 'string', missingValues: [] },
    { name: 'phone', type: 'string' },
    { name: 'kind', type: 'string', missingValues: ['', '-', '甲-'] },
    { name: 'later', type: 'string' },
  ],
});
const TEXTS = [
  '',
  'a',
  'abcd',
  'abcde',
  '甲',
  '甲乙丙丁',
  '甲乙丙丁戊',
  'a𠮷𠮷𠮷𠮷',
  '-',
  '甲-',
  '010-61544931',
  '0123456789abcdef',
];
const CELLS = [
  ...TEXTS,
  '0123456789abcdefg',
  'x'.repeat(31),
  '甲'.repeat(33),
  '""',
  '"a"',
  '"甲,\n"',
  '"a""b"',
  '""""',
];

const cell = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...CELLS) },
  { weight: 1, arbitrary: fc.nat({ max: 4000 }).map((length) => 'y'.repeat(length)) },
);
const records = fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
  minLength: 16,
  maxLength: CAPACITY,
});
const text = fc.constantFrom(...TEXTS, 'a"b', '0123456789abcdefg');
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constantFrom(...columns), op: fc.constant('prefix' as const), value: text }),
  fc.record({ field: fc.constantFrom(...columns), op: fc.constant('eq' as const), value: text }),
  fc.record({
    field: fc.constantFrom(...columns),
    op: fc.constant('in' as const),
    value: fc.uniqueArray(text, { minLength: 1, maxLength: 9 }),
  }),
);
const spec: fc.Arbitrary<ExtractSpec> = fc.record({
  fields: fc.shuffledSubarray([...columns, 'later'], { minLength: 1 }),
  filter: fc.array(condition, { maxLength: 2 }),
  mask: fc.dictionary(fc.constantFrom(...columns), fc.constantFrom(...Mask.options), { maxKeys: 2 }),
  format: fc.constant('csv'),
});

/** Records in a memory, and their places in a block of cells. */
function put(lines: readonly (readonly string[])[], memory: Memory, cells: Cells): void {
  const bytes = Buffer.from(lines.map((line) => `${line.join(',')}\n`).join(''));
  bytes.copy(memory.bytes);
  cells.clear();
  const scanner = new Scanner(cells);
  for (let start = 0; start < bytes.length; start = scanner.next) {
    scanner.scan(memory.bytes, start, bytes.length, true);
    cells.keep();
  }
}

async function extracted(of: ExtractSpec, memory: Memory, cells: Cells) {
  const sink = new Collected();
  const writer = new ExtractWriter({ spec: of, sink }, { schema, columns });
  writer.take(memory, cells);
  const { rows, bytes } = await writer.finish();
  return { text: sink.text, rows, bytes };
}

function nativeBlock() {
  const memory = nativeMemory(SIZE);
  const native = NativeScan.of(
    columns.map(() => ANYTHING),
    memory,
    CAPACITY,
  );
  if (!native) throw new Error('no native scan on this machine');
  return { memory, cells: native.cells };
}

const plain = { memory: new Memory(SIZE), cells: new Cells(columns.length, CAPACITY) };

test('an extract of records that a program copies and chooses is the one made without it', async () => {
  const native = nativeBlock();
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(records, fc.array(spec, { minLength: 1, maxLength: 4 }), async (lines, specs) => {
      put(lines, plain.memory, plain.cells);
      put(lines, native.memory, native.cells);
      for (const of of specs) {
        const expected = await extracted(of, plain.memory, plain.cells);
        expect(await extracted(of, native.memory, native.cells)).toEqual(expected);
        rows += expected.rows;
      }
    }),
    { numRuns: RUNS },
  );
  expect(rows).toBeGreaterThan(RUNS);
});

test('lines beyond what is gathered at once are all written', async () => {
  const native = nativeBlock();
  const lines = Array.from({ length: CAPACITY }, (_, i) => [
    `${i}`,
    'n'.repeat(i * 200),
    'o'.repeat(i === 9 ? 200_000 : 1),
    i % 8 === 0 ? '"p"' : 'p',
    '-',
  ]);
  put(lines, native.memory, native.cells);
  const { text: written } = await extracted(
    { fields: ['code', 'phone', 'name', 'note'], filter: [], mask: { phone: 'hide' }, format: 'csv' },
    native.memory,
    native.cells,
  );
  expect(written).toBe(
    ['code,phone,name,note', ...lines.map(([code, name, note]) => `${code},***,${name},${note}`), ''].join('\n'),
  );
});

const whole = { kind: WHOLE, from: 0, to: 1, emptyIsMissing: false };
const nothing = { ...whole, kind: NOTHING };
const texts = [Buffer.from('a')];

test('a program is there for blocks in its own memory alone', () => {
  const { memory, cells } = nativeBlock();
  expect(nativeLines([whole, { ...whole, kind: HIDE, from: 2, to: 2 }], memory, cells)).toBeDefined();
  expect(nativeLines([whole], memory, plain.cells)).toBeUndefined();
  expect(nativeLines([whole], plain.memory, plain.cells)).toBeUndefined();
  expect(nativeLines([whole, whole], memory, cells)).toBeUndefined();
  expect(
    nativeLines(
      Array.from({ length: 600_000 }, () => nothing),
      memory,
      cells,
    ),
  ).toBeUndefined();
  expect(nativeLines([whole], memory, cells)).toBeDefined();
  expect(nativeChoice({ column: 0, texts, prefix: false }, memory, cells)).toBeDefined();
  expect(nativeChoice({ column: 0, texts, prefix: false }, memory, plain.cells)).toBeUndefined();
});

test('no program looks for a text that is longer than it can see, or for none', () => {
  const { memory, cells } = nativeBlock();
  expect(nativeChoice({ column: 0, texts: [Buffer.alloc(17)], prefix: true }, memory, cells)).toBeUndefined();
  expect(nativeChoice({ column: 0, texts: [], prefix: true }, memory, cells)).toBeUndefined();
});
