import { expect, test } from '@jest/globals';
import { cellRuleOf } from '../../functions/records/check/fast-cell.ts';
import { UNSURE } from '../../functions/records/csv/cell-rule.ts';
import { DOUBLED, QUOTED } from '../../functions/records/csv/cells.ts';
import { columnOf, judge } from '../../functions/records/types/column.ts';
import { searched } from '../support/long.ts';
import { type Seeded, seeded } from '../support/seeded.ts';
import { nativeCell, outcomesOf } from './native-cells.ts';
import { aSchema } from './support.ts';

/** Cells of each field. */
const CASES = searched(500, 5_000);

type Cell = (random: Seeded, serial: number) => string;

const digits = (random: Seeded, most: number): string =>
  Array.from({ length: 1 + random.below(most) }, () => random.below(10)).join('');
const of =
  (...parts: readonly (readonly string[])[]): Cell =>
  (random) =>
    parts.map((choices) => random.pick(choices).replaceAll('9', () => digits(random, 4))).join('');

const SIGNS = ['', '', '-', '+'];
const AROUND = ['', '€', '-€', 'EUR ', '¥', '(', '< ', '−', '- ', 'Rs.', '约', '负', '. '];
const BEHIND = ['', '%', ' 元', '万', '-', ' kg', ' m²', 'k', '.', ',', ' )', '½', '"'];
const BOUNDS = { minimum: '-12.5', exclusiveMaximum: '12345678901234567890.5' };
const words = ['京华', '长安', '燕山', '𠮷野', 'é', 'A-1', '_'];

/** Fields whose bytes are known, and cells of which some are good. */
const FIELDS: readonly (readonly [field: object, cell: Cell])[] = [
  [
    { type: 'number' },
    of(SIGNS, ['9', '9.9', '.9', '9.', '99999.9', 'nan', 'INF', '\rINF'], ['', '', 'E9', 'e-9', 'E+']),
  ],
  [
    { type: 'number', constraints: BOUNDS },
    of(SIGNS, ['12.5', '9.9', '0.000', '9999999'], ['', '0', 'E9', 'e-9', 'E0019']),
  ],
  [
    { type: 'number', constraints: { maximum: '0.30000000000000000001' } },
    of(['0.3', '0.29', '3'], ['', '0', '00000000000000000009', 'E-1']),
  ],
  [
    { type: 'number', constraints: { exclusiveMinimum: 0, minimum: '-INF', maximum: '1e400' } },
    of(SIGNS, ['9', '0', '1E399', '1E401', '0E9999']),
  ],
  [
    { type: 'number', decimalChar: ',', groupChar: '.' },
    of(SIGNS, ['9', '9.999', '9.9.9', '.9', '9..9'], ['', ',9', ',', ',9.9']),
  ],
  [{ type: 'number', decimalChar: '·', groupChar: '，' }, of(SIGNS, ['9', '9，999', '9，'], ['', '·9', '·'])],
  [{ type: 'integer', groupChar: '\u00a0' }, of(SIGNS, ['9', '9\u00a0999', '\u00a09', '9\u00a0'], ['', '.0', 'E1'])],
  [
    { type: 'integer', constraints: { minimum: 0, maximum: '9223372036854775807' } },
    of(SIGNS, ['9', '9223372036854775807', '9223372036854775808', '000', '99999']),
  ],
  [{ type: 'integer', bareNumber: false, groupChar: ',' }, of(AROUND, ['9', '9,999', '-9', '1,9', '9.9'], BEHIND)],
  [
    { type: 'number', bareNumber: false, constraints: { minimum: -5, maximum: '1e6' } },
    of(AROUND, ['9', '9.9', '.9', '9e2', '-9', '9.'], BEHIND),
  ],
  [
    { type: 'number', bareNumber: false, decimalChar: ',', groupChar: ' ' },
    of(AROUND, ['9', '9,9', '9 999', ',9'], BEHIND),
  ],
  [{ type: 'string', constraints: { pattern: '[\\p{Han}é]{2,4}(·|\\d)*' } }, of(words, words, ['', '9', '·'])],
  [
    { type: 'string', constraints: { pattern: '\\w+(-\\w)?', minLength: 2, maxLength: 4 } },
    of(words, words, ['', '9']),
  ],
  [{ type: 'string', constraints: { pattern: '[^\\P{IsCJKUnifiedIdeographs}华]*.{1,3}' } }, of(words, words)],
  [{ type: 'string', constraints: { pattern: '(?i)a.*' } }, of(['a', 'A', 'b'], words)],
  [{ type: 'string', constraints: { pattern: '(.\\W?){0,90}\\S{0,90}' } }, of(words, words, [' ', '9'], words)],
  [
    { type: 'string', constraints: { minLength: 2, maxLength: 9 }, check: 'gb11714' },
    of(['002518057', '00251805-7', '9']),
  ],
  [
    { type: 'string', format: 'email', constraints: { maxLength: 12 } },
    of(['a', 'a.b', 'a..b', '张', '"'], ['@', '', '@@'], ['c.cn', 'c-.cn', '-c.cn', 'c.c', '例子.中国', 'c.9n']),
  ],
  [
    { type: 'string', format: 'email' },
    of(
      ['a', 'a'.repeat(63), 'a'.repeat(64), 'a'.repeat(65)],
      ['@'],
      ['c.cn', `${'c'.repeat(63)}.cn`, `${'c'.repeat(64)}.cn`],
    ),
  ],
  [
    { type: 'string', format: 'uri' },
    of(
      ['http', 'https', 'hTTp', 'h', 'ftp', 'urn'],
      [':', ':/', '://', ':///'],
      ['', 'a', '[::1]', 'u@a', 'a:9', '%4', '%e4'],
      ['', '/', '/[x]', '//a', '?[', '?/?', '#', '#a#'],
    ),
  ],
  [
    { type: 'string', format: 'uri', constraints: { pattern: 'h.*' } },
    of(['http://a', 'ftp://a', 'h:'], ['', '/b', '/ b']),
  ],
  [{ type: 'string', format: 'binary' }, of(['', 'YWJj', 'Y+/j'], ['YQ==', 'YWI=', 'YWJj', 'YQ=', 'Y===', '='])],
  [
    { type: 'string', check: 'gb11643' },
    (random) => random.pick(['11010519491231002X', '11010519491331002X', '110105194912310021']),
  ],
  [{ type: 'string', constraints: { enum: words, pattern: '.{1,2}' } }, of(words)],
  [{ type: 'string', categories: [{ value: '京华' }, 'é', 'a"b', ''] }, of([...words, 'a"b'])],
  [
    { type: 'integer', constraints: { enum: Array.from({ length: 2000 }, (_, i) => i * 7), maximum: 9000 } },
    of(SIGNS, ['9', '0', '007']),
  ],
  [
    { type: 'number', constraints: { enum: [0.5, '1e3', 'NaN'] } },
    of(['0.5', '.5', '1000', '1e3', '1E3', '5E-1', 'NaN', '0.50', '1E4', '5E0']),
  ],
  [
    { type: 'boolean', trueValues: words, falseValues: ['否', ...Array.from({ length: 300 }, (_, i) => `不是${i}`)] },
    of([...words, '否', '不是9', 'true']),
  ],
  [{ type: 'boolean', constraints: { enum: [true] } }, of(['true', '1', 'True', 'false', '0', 'x'])],
  [
    { type: 'string', missingValues: ['-', '京华'], constraints: { pattern: '.*', required: true } },
    of([...words, '-', '']),
  ],
  [{ type: 'string', missingValues: ['', 'é'], constraints: { enum: words } }, of([...words, ''])],
  [{ type: 'string', missingValues: [], constraints: { pattern: '(é)*', enum: ['', 'é'] } }, of([...words, ''])],
];

/** With a character changed, left out, or put in. */
function mutated(text: string, random: Seeded): string {
  const characters = Array.from(text);
  const other = Array.from('0123456789-+.,eE% @:/?#[]"=_A中é万 \u00a0');
  characters.splice(
    random.below(characters.length + 1),
    random.below(2),
    ...(random.below(3) > 0 ? [random.pick(other)] : []),
  );
  return characters.join('');
}

test.each(FIELDS)('what the bytes of a cell are said to be is what its text is: %j', (stated, cell) => {
  const [field] = aSchema({ fields: [{ ...stated, name: 'a' }] }).fields;
  if (!field) throw new Error('a schema has a field');
  const column = columnOf(field, aSchema({ fields: [field] }));
  const { otherwise } = cellRuleOf(column, 1);
  const native = nativeCell(column);
  const random = seeded(7);
  let good = 0;
  for (let i = 0; i < CASES; i += 1) {
    const text = i % 3 === 0 ? mutated(cell(random, i), random) : cell(random, i);
    const inCsv = text.replaceAll('"', '""');
    // What stands around a cell is no part of it.
    const bytes = Buffer.from(`7-,${inCsv},E5`);
    const outcome = otherwise(bytes, 3, bytes.length - 3, inCsv === text ? QUOTED : QUOTED | DOUBLED);
    const { kind } = judge(column, text);
    const true_ = kind === 'broken' ? [UNSURE] : outcomesOf(column, text);
    expect({ text, isTrue: true_.includes(outcome) }).toEqual({ text, isTrue: true });
    native.isSure(text);
    if (kind === 'good') good += 1;
  }
  expect(good).toBeGreaterThan(CASES / 100);
});
