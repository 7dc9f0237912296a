import { isUtf8 } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import { cellRuleOf } from '../../functions/records/check/fast-cell.ts';
import { Cells } from '../../functions/records/csv/cells.ts';
import { type CellRule, GOOD, GOOD_OTHERWISE, MISSING, READ } from '../../functions/records/csv/cell-rule.ts';
import { Memory } from '../../functions/records/csv/memory.ts';
import { nativeMemory } from '../../functions/records/csv/native/native-memory.ts';
import { NativeScan } from '../../functions/records/csv/native/native-scan.ts';
import { Scanner } from '../../functions/records/csv/scanner.ts';
import { type Column, columnOf, judge } from '../../functions/records/types/column.ts';
import { searched } from '../support/long.ts';
import { type Seeded, seeded } from '../support/seeded.ts';
import { nativeCell } from './native-cells.ts';
import { aSchema, check } from './support.ts';

/** Records of each schema; RECORD_CASES asks for more. */
const CASES = searched(20_000, 200_000);
const RECORDS_IN_A_RUN = 500;

const schema = aSchema({
  missingValues: ['', 'NA'],
  fields: [
    // First, so that an empty number stands where there is no byte before it.
    { name: 'n', type: 'integer', constraints: { minimum: -5, exclusiveMaximum: 100 } },
    { name: 'code', type: 'string', constraints: { pattern: '\\d{1,3}|[a-c,"]+|-?', minLength: 1 } },
    { name: 'x', type: 'number', constraints: { exclusiveMinimum: '0.5', maximum: 2_000 } },
    { name: 'on', type: 'date', constraints: { minimum: '2000-01-01', maximum: '2024-02-29' } },
    {
      name: 'kind',
      type: 'string',
      missingValues: ['-'],
      constraints: { required: true, enum: ['甲', 'b"', 'c,', 'NA', 'a'] },
    },
    { name: 'ok', type: 'boolean' },
    { name: 'org', type: 'string', check: 'gb11714', constraints: { maxLength: 9 } },
    { name: 'credit', type: 'string', check: 'gb32100' },
    { name: 'note', type: 'string', constraints: { minLength: 2, maxLength: 6 } },
    { name: 'at', type: 'datetime' },
    { name: 'any', type: 'any' },
    { name: 'key', type: 'string', missingValues: [], constraints: { maxLength: 3 } },
  ],
});
/** Cells of each field, the first of them good. */
const CELLS: Readonly<Record<string, readonly string[]>> = {
  code: ['12', 'abc', '007', '-', 'd', '"a,b"', '"a""b"', '中'],
  n: ['1', '-5', '-6', '100', '99', '007', '-0', '1.5', '+1', '12345678901234567', '"7"', '1e1'],
  x: ['0.51', '0.5', '2000', '2000.0', '2000.1', '.7', '7.', '1.2.3', '-1', '1e2', '000.75', 'NaN'],
  on: ['2024-02-29', '2023-02-29', '2000-01-01', '1999-12-31', '2024-03-01', '0000-01-01', '2010-1-1', '"2011-11-30"'],
  kind: ['甲', '"b"""', '"c,"', 'NA', 'a', '-', '乙', '"a"'],
  ok: ['true', 'False', '1', '0', 'yes', '"true"'],
  org: ['002518057', '00251805-7', '00251805-8', 'M00000190', '"002518057"'],
  credit: ['91110109M000001903', '911101115827138004', '91110109M000001904', '91110109O000001903'],
  note: ['甲乙', '甲', '𠮷𠮷', 'abcdef', 'abcdefg', '"a\nb"', 'a b-c', '"a""b"', '"x,y"'],
  at: ['2024-02-29T10:00:00Z', '2024-02-29', 'x'],
  any: ['a', '"', 'a"b', '"a"b', '" "', 'a\rb'],
  key: ['abc', 'NA', 'abcd', '中文字', '""'],
};
const ANYWHERE = ['', 'NA', '""', '-', '0', '"\r\n"', '"'];
const BYTES = [0x22, 0x2c, 0x0a, 0x0d, 0x2d, 0x30, 0x20, 0x2f, 0x80, 0xff, 0xe4];

interface Table {
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  readonly rules: readonly CellRule[];
}
function tableOf(fields: TableSchema['fields']): Table {
  const columns = fields.map((field) => columnOf(field, schema));
  const rules = columns.map((column) => cellRuleOf(column, columns.length));
  return { names: fields.map(({ name }) => name), columns, rules };
}
const whole = tableOf(schema.fields);
/** A good record with up to three other cells, and every third time with a byte changed. */
function aRecord({ names }: Table, random: Seeded): Buffer {
  const choices = names.map((name) => CELLS[name] ?? ANYWHERE);
  const cells = choices.map(([first]) => first ?? '');
  for (let changes = random.below(4); changes > 0; changes -= 1) {
    const place = random.below(cells.length);
    cells[place] = random.pick(random.below(4) === 0 ? ANYWHERE : (choices[place] ?? ANYWHERE));
  }
  if (random.below(30) === 0) cells.pop();
  if (random.below(30) === 0) cells.push('1');
  const bytes = Buffer.from(cells.join(',') + random.pick(['\n', '\n', '\n', '\r\n', '']));
  if (random.below(3) === 0) bytes[random.below(bytes.length)] = random.pick(BYTES);
  return bytes;
}

const memory = nativeMemory(4096);
const native = NativeScan.of(whole.rules, memory, 2);

/** Records in the memory, with the line break that a window has behind them. Answers where they end. */
function put(...records: readonly Uint8Array[]): number {
  const bytes = Buffer.concat(records);
  bytes.copy(memory.bytes);
  memory.bytes[bytes.length] = 0x0a;
  return bytes.length;
}

interface Reading {
  readonly end: number;
  readonly next: number;
  readonly innerLines: number;
  readonly offsets: readonly number[];
  readonly flags: readonly number[];
  readonly outcomes: readonly number[];
}

/** What is made of the record at 0, if it is sure; its cells stand behind those of another record. */
function readingOf(limit: number): Reading | undefined {
  if (!native) throw new Error('no native scan on this machine');
  const { cells } = native;
  cells.clear();
  cells.keep();
  if (!native.read(0, limit)) return undefined;
  return {
    end: native.end,
    next: native.next,
    innerLines: native.innerLines,
    offsets: [...cells.offsets.subarray(cells.width * 2)],
    flags: [...cells.flags.subarray(cells.width)],
    outcomes: [...native.outcomes.subarray(cells.width)],
  };
}

/** What the scanner and the judge of texts make of it, with the outcomes that are true of each cell. */
function slowReading({ columns }: Table, limit: number) {
  const scanner = new Scanner(new Cells(columns.length));
  scanner.scan(memory.bytes, 0, limit, true);
  const outcomes = columns.map((column, i) => {
    const text = scanner.text(memory.bytes, i);
    const cell = judge(column, text);
    if (cell.kind === 'missing') return [MISSING];
    if (cell.kind === 'broken') return [];
    return column.type.canonical(cell.value) === text ? [GOOD, GOOD_OTHERWISE, READ] : [GOOD_OTHERWISE, READ];
  });
  return { scanner, outcomes };
}

/** Whether the fast way takes the record; what it says of it is what the slow way says. */
function compared(limit: number): boolean {
  const reading = readingOf(limit);
  // Bytes that are no text are the engine's to find, for many records at once.
  if (!reading || !isUtf8(memory.bytes.subarray(0, reading.end))) return false;
  const { scanner, outcomes } = slowReading(whole, limit);
  const fast = { ...reading, outcomes: outcomes.map((true_, i) => true_.includes(reading.outcomes[i] ?? 0)) };
  const slow = {
    end: scanner.fault === 0 && scanner.count === whole.columns.length ? scanner.end : -1,
    next: scanner.next,
    innerLines: scanner.innerLines,
    offsets: [...scanner.cells.offsets],
    flags: [...scanner.cells.flags],
    outcomes: outcomes.map(() => true),
  };
  if (!isDeepStrictEqual(fast, slow)) expect(fast).toEqual(slow);
  return true;
}

test('what the fast way takes, the slow way finds good, in the same places', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seeded(seed);
      for (let i = 0; i < RECORDS_IN_A_RUN; i += 1) {
        const behind = random.below(2) === 0 ? Buffer.of() : aRecord(whole, random);
        if (compared(put(aRecord(whole, random), behind))) taken += 1;
      }
    }),
    { numRuns: Math.ceil(CASES / RECORDS_IN_A_RUN) },
  );
  expect(taken).toBeGreaterThan(CASES / 10);
});

test('a native scan is not made without room for its rules', () => {
  expect(NativeScan.of(whole.rules, new Memory(4096), 2)).toBeUndefined();
  expect(NativeScan.of(whole.rules, memory, 1_000_000)).toBeUndefined();
});

test('a list that is too long for the room of one rule is asked for', () => {
  const listed = (count: number) => {
    const texts = Array.from({ length: count }, (_, i) => `K${i}`);
    const [field] = aSchema({ fields: [{ name: 'a', type: 'string', constraints: { enum: texts } }] }).fields;
    if (!field) throw new Error('a schema has a field');
    return nativeCell(columnOf(field, schema));
  };
  expect(listed(5_000).isSure('K4999')).toBe(true);
  expect(listed(50_000).isSure('K49999')).toBe(false);
});

test('the native scan finds cells that it does not judge, and asks for them', () => {
  if (!native) throw new Error('no native scan on this machine');
  const good = [
    '7',
    '12',
    '1.5',
    '2020-02-29',
    '甲',
    'true',
    '002518057',
    '',
    '甲乙',
    '2024-02-29T10:00:00Z',
    'x',
    'ab',
  ];
  const askedOf = (cells: readonly string[]): (string | undefined)[] | undefined => {
    native.cells.clear();
    const count = native.find(0, put(Buffer.from(`${cells.join(',')}\n`)));
    return count < 0 ? undefined : native.asked(count).map((column) => whole.names[column]);
  };
  expect(askedOf(good)).toEqual([]);
  expect(askedOf(good.with(9, '').with(2, '1e1'))).toEqual([]);
  expect(askedOf(good.with(9, '2016-12-31T23:59:60Z').with(1, '"a""b"').with(0, 'NA'))).toEqual(['n', 'code', 'at']);
  expect(askedOf(good.with(6, '"00251805-8"').with(4, '-').with(11, ''))).toEqual(['kind', 'org', 'key']);
  expect(askedOf(good.with(3, '"a\nb"'))).toEqual(['on']);
  expect(askedOf(good.with(3, '"a"b'))).toBeUndefined();
  expect(askedOf(good.with(3, 'a"b'))).toBeUndefined();
});

test('the fast way takes ordinary records: quoted, with doubled quotes, line breaks, marks of missing values and CRLF', () => {
  const good = ['7', '12', '1.5', '2020-02-29', '甲', 'true', '002518057', '', '甲乙', '', 'x', 'ab'];
  const taken = (cells: readonly string[], end = '\n') => compared(put(Buffer.from(cells.join(',') + end)));
  expect(taken(good)).toBe(true);
  expect(
    taken(
      good.map((cell) => `"${cell}"`),
      '\r\n',
    ),
  ).toBe(true);
  expect(taken(good.with(8, '"a""\nb"'))).toBe(true);
  expect(taken(good.with(0, 'NA').with(4, '"c,"').with(9, '2024-02-29T10:00:00Z'))).toBe(true);
});

test.each(['%d,%m,%Y', '%Y%m%d,%H'])(
  'a comma of the format %s ends a cell without quotes all the same',
  async (format) => {
    const schema = aSchema({
      fields: [
        { name: 'a', type: 'datetime', format },
        { name: 'b', type: 'string' },
      ],
    });
    const text = format.replace('%d', '01').replace('%m', '02').replace('%Y', '2026').replace('%H', '10');
    const { accepted, report } = await check(schema, `a,b\n${text},x\n"${text}",x\n`);
    expect([accepted, report]).toEqual([`a,b\n"${text}",x\n`, ['2,,,columns,']]);
  },
);
