import { expect, test } from '@jest/globals';
import type { ViolationCount } from '../../schemas/contracts/uploads.ts';
import { type Kind, KINDS } from '../../functions/records/kinds/codes.ts';
import { KIND_WORDS } from '../../functions/records/wording/kinds/index.ts';
import { aSchema, check, columns } from './support.ts';

const code = (constraints: object, more: object = {}) => ({ type: 'string', constraints, ...more });
const SIX_DIGITS = code({ pattern: '\\d{6}' });
const date = { type: 'date' };
const number = { type: 'number' };
const integer = { type: 'integer' };
const credit = { type: 'string', check: 'gb32100' };
const person = { type: 'string', check: 'gb11643' };
const labelled = {
  type: 'string',
  categories: [
    { value: '1', label: '企业' },
    { value: '2', label: '事业单位' },
  ],
};

/** The field in which the example of each kind is a fault; none where it is a fault of the record. */
const FIELD_OF: Readonly<Record<Kind, object | undefined>> = {
  'DD/MM/YYYY': date,
  'MM/DD/YYYY': date,
  'DD/MM/YYYY or MM/DD/YYYY': date,
  'DD-MM-YYYY': date,
  'MM-DD-YYYY': date,
  'DD-MM-YYYY or MM-DD-YYYY': date,
  'D.M.YYYY': date,
  'YYYY/MM/DD': date,
  'YYYY.MM.DD': date,
  YYYYMMDD: date,
  'YYYY-M-D': date,
  YYYY年M月D日: date,
  'YYYY-MM-DD': { type: 'date', format: '%d/%m/%Y' },
  YYYYMM: { type: 'yearmonth' },
  'YYYY/MM': { type: 'yearmonth' },
  YYYY年M月: { type: 'yearmonth' },
  'two-digit-year': date,
  'month-name': date,
  'date-and-time': date,
  'date-alone': { type: 'datetime' },
  'blank-for-t': { type: 'datetime' },
  'no-seconds': { type: 'time' },
  'no-zero-before-hour': { type: 'time' },
  'twelve-hour-clock': { type: 'time' },
  'spreadsheet-date': date,
  'unix-time': date,
  'incomplete-date': date,
  'whole-date': { type: 'year' },
  'no-such-day': date,
  'zero-date': date,
  'open-ended': date,
  'placeholder-date': { type: 'date', constraints: { maximum: '2030-01-01' } },
  'thousands-separators': number,
  'decimal-comma': number,
  'accounting-negative': number,
  'ten-thousands': number,
  unit: number,
  'point-zero': integer,
  decimals: integer,
  'chinese-numerals': number,
  'scientific-notation': code({ pattern: '\\d{12}' }),
  'digits-rounded': person,
  'leading-zeros-lost': SIX_DIGITS,
  'leading-zeros-added': code({ enum: ['1', '2'] }),
  'lower-case': code({ enum: ['CNY'] }),
  'upper-case': code({ pattern: '[a-z]+' }),
  separators: SIX_DIGITS,
  'letter-for-digit': SIX_DIGITS,
  'credit-code': { type: 'string', check: 'gb11714' },
  'organisation-code': credit,
  'registration-number': credit,
  'identity-number-of-15': person,
  'label-for-code': labelled,
  'code-with-label': labelled,
  'yes-no-word': { type: 'boolean' },
  'one-too-long': SIX_DIGITS,
  'one-too-short': code({ pattern: '[A-T]\\d{2}' }),
  'wrong-check-character': { type: 'string', check: 'gb11714' },
  masked: person,
  'latitude-first': { type: 'geopoint' },
  'header-again': date,
  'total-line': SIX_DIGITS,
  'missing-word': date,
  'blanks-only': number,
  'spreadsheet-error': number,
  'damaged-characters': SIX_DIGITS,
  'formula-text': SIX_DIGITS,
  apostrophe: SIX_DIGITS,
  'outer-blanks': SIX_DIGITS,
  'invisible-characters': SIX_DIGITS,
  'full-width': number,
  'blank-line': undefined,
  'other-delimiter': undefined,
  'trailing-comma': undefined,
  'one-cell-too-many': undefined,
  'one-cell-too-few': undefined,
  'gb18030-text': undefined,
  'nul-character': undefined,
  'unclosed-quote': undefined,
  'stray-quote': undefined,
  'blank-before-quote': undefined,
  'lone-carriage-return': undefined,
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

async function countsOf(field: object, cells: readonly string[]): Promise<ViolationCount[]> {
  const schema = aSchema({
    fields: [
      { name: 'a', ...field },
      { name: 'b', type: 'string' },
    ],
  });
  const { result } = await check(schema, `a,b\n${cells.map((cell) => `${quoted(cell)},x\n`).join('')}`);
  return result.verdict === 'checked' ? result.violations : [];
}

const kindsOf = (counts: readonly ViolationCount[]): unknown[] => counts.flatMap(({ looksLike = [] }) => looksLike);

test.each(KINDS.filter((kind) => FIELD_OF[kind] !== undefined))('a value is recognised as %s', async (kind) => {
  const counts = await countsOf(FIELD_OF[kind] ?? {}, [KIND_WORDS[kind].example]);
  expect(kindsOf(counts)).toEqual([{ kind, count: 1 }]);
});

/** GB18030 for 中文,x. */
const GB18030 = Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x78]);

test.each(KINDS.filter((kind) => FIELD_OF[kind] === undefined))('a record is recognised as %s', async (kind) => {
  const record = kind === 'gb18030-text' ? GB18030 : Buffer.from(KIND_WORDS[kind].example);
  const { result } = await check(
    columns('a', 'b'),
    Buffer.concat([Buffer.from('a,b\n'), record, Buffer.from('\n5,6\n')]),
  );
  expect(result.verdict === 'checked' && kindsOf(result.violations)).toEqual([{ kind, count: 1 }]);
});

test.each<[Kind, object, string[]]>([
  ['YYYY/MM/DD', date, ['2024/1/6']],
  ['YYYY/MM/DD', { type: 'datetime' }, ['2024/1/6 10:00:00']],
  ['date-and-time', date, ['2024/1/6 0:00', '2024-01-06T00:00:00Z', '2024年1月6日10时30分']],
  ['no-such-day', date, ['2023-02-29', '30/02/2023', '2024-13-01']],
  ['zero-date', date, ['0000-00-00 00:00:00', '1900-01-00', '1900/1/0']],
  ['open-ended', date, ['永久', '至今']],
  ['thousands-separators', number, ['1,234,567.89', '1，200', '1 200', '12,0000']],
  ['decimal-comma', number, ['1.234,56', '0,5']],
  ['decimal-comma', { type: 'number', decimalChar: '.' }, ['-12,75']],
  ['unit', number, ['￥1,200.00', '50%', '1200 平方米', '12.5公里']],
  ['ten-thousands', number, ['3.5亿', '100万元', '5千万']],
  ['point-zero', SIX_DIGITS, ['110102.0']],
  ['leading-zeros-lost', { type: 'string', check: 'gb11714' }, ['2518057']],
  ['lower-case', person, ['11010519491231002x']],
  ['lower-case', credit, ['91350100m000100y43']],
  ['letter-for-digit', credit, ['9135O100MOOO1OOY43']],
  ['separators', credit, ['9135 0100 M000 100Y 43']],
  ['one-too-long', credit, ['91350100M000100Y433']],
  ['one-too-short', person, ['1101051949123100X']],
  ['no-such-day', person, ['110105194902310020']],
  ['code-with-label', labelled, ['1 企业', '1企业', '企业(1)', '2：事业单位']],
  ['missing-word', date, ['N/A', '-', '——', '无', '不详', '(null)', '\\N', '#N/A'].filter((word) => word !== '#N/A')],
  ['spreadsheet-error', number, ['#REF!', '#DIV/0!', '########']],
  ['blanks-only', date, ['\u3000', ' \t']],
  ['outer-blanks', SIX_DIGITS, ['\u3000110102', '110102\t', '110102\u00A0']],
  ['full-width', date, ['２０２６－１２－３１']],
  ['yes-no-word', { type: 'boolean' }, ['是', '否', 'Y', '√', '无']],
  ['yes-no-word', { type: 'boolean', trueValues: ['是'], falseValues: ['否'] }, ['true', '0']],
  ['masked', SIX_DIGITS, ['11****']],
])('%s has other forms too', async (kind, field, cells) => {
  expect(kindsOf(await countsOf(field, cells))).toEqual([{ kind, count: cells.length }]);
});

test.each<[title: string, field: object, cell: string]>([
  ['a word where a date belongs', date, 'tomorrow'],
  ['a code of another form', SIX_DIGITS, 'abc'],
  ['a number out of bounds', { type: 'integer', constraints: { minimum: 5 } }, '1'],
  ['blanks around what is wrong anyway', SIX_DIGITS, ' abc '],
  ['a very long value', SIX_DIGITS, `${' '.repeat(300)}110102`],
])('%s is of no kind', async (_, field, cell) => {
  const counts = await countsOf(field, [cell]);
  expect(counts.map(({ looksLike }) => looksLike)).toEqual([undefined]);
});

test('dates that may be day or month first are of the kind that the others show', async () => {
  expect(kindsOf(await countsOf(date, ['01/02/2024', '31/12/2024', '05/06/2024']))).toEqual([
    { kind: 'DD/MM/YYYY', count: 3 },
  ]);
  expect(kindsOf(await countsOf(date, ['01/02/2024', '12/31/2024']))).toEqual([{ kind: 'MM/DD/YYYY', count: 2 }]);
  expect(kindsOf(await countsOf(date, ['01/02/2024', '12/31/2024', '31/12/2024', '31/12/2024']))).toEqual([
    { kind: 'DD/MM/YYYY', count: 2 },
    { kind: 'MM/DD/YYYY', count: 1 },
    { kind: 'DD/MM/YYYY or MM/DD/YYYY', count: 1 },
  ]);
});

test('a count names its first five lines and its five most frequent kinds', async () => {
  const cells = ['2024/01/01', '2024/01/01', '20240101', '1,2', '2024.01.01', '无', '长期', '1/2/24', 'x'];
  const [count] = await countsOf(date, cells);
  expect(count).toEqual({
    field: 'a',
    rule: 'type',
    count: 9,
    firstLine: 2,
    lines: [2, 3, 4, 5, 6],
    looksLike: [
      { kind: 'YYYY/MM/DD', count: 2 },
      { kind: 'YYYY.MM.DD', count: 1 },
      { kind: 'YYYYMMDD', count: 1 },
      { kind: 'two-digit-year', count: 1 },
      { kind: 'open-ended', count: 1 },
    ],
  });
});

test('kinds are counted beyond the end of the report', async () => {
  const { result } = await check(
    aSchema({ fields: [{ name: 'a', type: 'date' }] }),
    `a\n${'2024/01/01\n'.repeat(100_500)}`,
  );
  expect(result).toMatchObject({
    reported: 100_000,
    violations: [{ count: 100_500, looksLike: [{ kind: 'YYYY/MM/DD', count: 100_500 }] }],
  });
});

test('counts hold no value of a record', async () => {
  const counts = await countsOf(person, ['11010519491231002x', '110105194912310021', '110105********002X', '张三']);
  expect(JSON.stringify(counts)).not.toMatch(/1101|张三/);
});
