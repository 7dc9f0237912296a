import { describe, expect, test } from '@jest/globals';
import type { Certain } from '../../functions/records/types/certain/contract.ts';
import { certainOf } from '../../functions/records/types/certain/index.ts';
import { learnedPattern } from '../../functions/records/types/certain/pattern.ts';
import { type Column, columnOf, judge } from '../../functions/records/types/column.ts';
import { TYPE_COLUMNS } from '../bench/types/type-columns.ts';
import { searched } from '../support/long.ts';
import { type Seeded, seeded } from '../support/seeded.ts';
import { type NativeCell, nativeCell } from './native-cells.ts';
import { aSchema } from './support.ts';

/** Cells of each field. */
const CASES = searched(500, 5_000);

interface Tested {
  readonly column: Column;
  readonly certain: Certain | undefined;
  readonly native: NativeCell;
  /** As a key. */
  readonly key: NativeCell;
}

function tested(field: object): Tested {
  const schema = aSchema({ fields: [{ ...field, name: 'a' }], missingValues: [] });
  const [only] = schema.fields;
  if (!only) throw new Error('a schema has a field');
  const column = columnOf(only, schema);
  return {
    column,
    certain: certainOf(column, learnedPattern(only)),
    native: nativeCell(column),
    key: nativeCell(column, true),
  };
}

/** Whether the bytes of a text, as they stand in CSV, are certain; if so, the judge of texts has to agree. */
function isCertain({ column, certain, native, key }: Tested, text: string): boolean {
  const inCsv = text.replaceAll('"', '""');
  // What stands around a cell is no part of it.
  const bytes = Buffer.from(`7-:${inCsv}05:30`);
  const sure = certain?.(bytes, 3, bytes.length - 5, inCsv !== text) ?? false;
  const { kind } = judge(column, text);
  if (sure && kind !== 'good') expect([column.field, text, kind]).toEqual([column.field, text, 'good']);
  key.keyOf(text);
  return native.isSure(text) || sure;
}

const ALPHABET = Array.from('0123456789-+:.,TZ /年eE[]{}"\\ \tanJluo');

/** With up to three characters changed, left out or put in, or one place repeated. */
function mutated(text: string, random: Seeded): string {
  const characters = Array.from(text);
  for (let changes = 1 + random.below(3); changes > 0; changes -= 1) {
    const at = random.below(characters.length + 1);
    const kind = random.below(4);
    if (kind === 0) characters.splice(at, 1);
    else if (kind === 1) characters.splice(at, 0, random.pick(ALPHABET));
    else if (kind === 2) characters.splice(at, 1, random.pick(ALPHABET));
    else characters.splice(at, 0, ...characters.slice(at, at + random.below(20)));
  }
  return characters.join('');
}

const unquoted = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

const known = TYPE_COLUMNS.map(({ name, field, cell }) => [name, tested(field), cell] as const);

test.each(known)('what is certain of a cell is true: %s', (_, of, cell) => {
  const random = seeded(1);
  const texts = Array.from({ length: CASES }, (__, i) => unquoted(cell(random, i)));
  expect(texts.filter((text) => isCertain(of, text)).length / CASES).toBeGreaterThan(0.9);
  for (const text of texts) isCertain(of, mutated(text, random));
});

/** JSON has its quotes doubled: the program leaves it to JavaScript. */
const natively = known.filter(([name]) => !/^(?:geojson|geopoint, object)/.test(name));

test.each(natively)('usual cells are judged natively: %s', (_, { native }, cell) => {
  const random = seeded(3);
  const texts = Array.from({ length: 500 }, (__, i) => unquoted(cell(random, i)));
  expect(texts.filter((text) => native.isSure(text)).length).toBeGreaterThan(450);
});

const moments = known.filter(([, { column }]) => /^(?:date|time|year)/.test(column.field.type));

test.each(moments)('keys of usual cells are made of their bytes: %s', (_, { key }, cell) => {
  const random = seeded(3);
  const texts = Array.from({ length: 200 }, (__, i) => cell(random, i));
  expect(texts.filter((text) => key.keyOf(text) !== undefined).length).toBe(200);
});

const PARTS: Readonly<Record<string, (random: Seeded) => string>> = {
  Y: (random) => String(1 + random.below(9_999)).padStart(4, '0'),
  y: (random) => two(random.below(100)),
  m: (random) => two(random.below(14)),
  d: (random) => two(random.below(33)),
  H: (random) => two(random.below(26)),
  I: (random) => two(random.below(14)),
  M: (random) => two(random.below(62)),
  S: (random) => two(random.below(62)),
  f: (random) => String(random.below(2_000_000)),
  p: (random) => random.pick(['AM', 'pm', 'Pm', 'xm']),
  j: (random) => String(random.below(370)).padStart(3, '0'),
  z: (random) => random.pick(['Z', 'z', '+0800', '-08:00', '+2359', '+2400', '+05:30:30', '+053030', '-00:60']),
  Z: (random) => random.pick(['UTC', 'gmt', 'CET']),
  B: (random) => random.pick(['January', 'FEBRUARY', 'may', 'Octobre']),
  b: (random) => random.pick(['Jan', 'FEB', 'may', 'sept']),
  A: (random) => random.pick(['Monday', 'SUNDAY', 'Sun']),
  a: (random) => random.pick(['Mon', 'SUN', 'x']),
};
const two = (value: number): string => String(value).padStart(2, '0');

/** Some directives in any order, with something or nothing between them, and a text of that kind. */
function aPattern(random: Seeded): { readonly format: string; readonly text: () => string } {
  const names = Object.keys(PARTS).toSorted(() => random.below(3) - 1);
  const tokens = names
    .slice(0, 1 + random.below(6))
    .map((name) => ({ name, behind: random.pick(['', '', '-', ' ', '年', ':', '%%']) }));
  return {
    format: tokens.map(({ name, behind }) => `%${name}${behind}`).join(''),
    text: () =>
      tokens
        .map(({ name, behind }) => {
          const written = PARTS[name]?.(random) ?? '';
          const short = random.below(8) === 0 ? written.replace(/^0/, '') : written;
          return short + (behind === '%%' ? '%' : behind.repeat(behind === ' ' ? 1 + random.below(2) : 1));
        })
        .join(''),
  };
}

test.each(['date', 'time', 'datetime'])('patterns over bytes read what patterns over texts read: %s', (type) => {
  const random = seeded(7);
  let certain = 0;
  for (let i = 0; i < CASES / 20; i += 1) {
    const { format, text } = aPattern(random);
    // What the pattern itself reads is a good bound.
    const bounds = [text(), text()].filter((bound) => isGood(type, format, bound));
    const constraints = { ...(bounds[0] && { minimum: bounds[0] }), ...(bounds[1] && { exclusiveMaximum: bounds[1] }) };
    const all = [tested({ type, format }), tested({ type, format, constraints })];
    for (let k = 0; k < 100; k += 1) for (const of of all) if (isCertain(of, text())) certain += 1;
  }
  expect(certain).toBeGreaterThan(CASES / 2);
});

/** Bytes and numbers that follow one another are read at once, up to 32 bytes of them, but no comma. */
test.each([
  '%Y-%m-%dT%H:%M:%S',
  '%Y%m%d%H%M%S',
  '%H:%M:%S',
  '%d,%m,%Y',
  '%Y年%m月%d日%H时%M分%S秒',
  'x:%Y-%m-%d-no-blank-to-the-end',
  'no-blank-before-the-32nd-byte-is:%Y-%m-%d',
  'no-blank-before-the-byte-is-%Y%m%d',
])('runs of bytes and numbers: %s', (format) => {
  const random = seeded(13);
  const of = tested({ type: 'datetime', format });
  const bounded = tested({ type: 'datetime', format, constraints: { minimum: written(format, '19500101000000') } });
  let certain = 0;
  for (let i = 0; i < 1000; i += 1) {
    const isOdd = random.below(4) === 0;
    const year = String(isOdd ? random.below(10_000) : 1960 + random.below(80)).padStart(4, '0');
    const numbers = [isOdd ? 14 : 12, isOdd ? 33 : 28, isOdd ? 26 : 24, isOdd ? 62 : 60, isOdd ? 62 : 60];
    const text = written(
      format,
      year + numbers.map((most, k) => two(k < 2 && !isOdd ? 1 + random.below(most) : random.below(most))).join(''),
    );
    for (const each of [text, mutated(text, random)])
      for (const one of [of, bounded]) if (isCertain(one, each)) certain += 1;
  }
  expect(certain).toBeGreaterThan(1000);
});

/** @param parts year, month, day, hour, minute, second */
const written = (format: string, parts: string): string =>
  ['Y', 'm', 'd', 'H', 'M', 'S'].reduce(
    (text, name, k) => text.replaceAll(`%${name}`, k === 0 ? parts.slice(0, 4) : parts.slice(k * 2 + 2, k * 2 + 4)),
    format,
  );

const isGood = (type: string, format: string, text: string): boolean => {
  const { fields, ...schema } = aSchema({ fields: [{ name: 'a', type, format }] });
  return fields.every((field) => judge(columnOf(field, { fields, ...schema }), text).kind === 'good');
};

describe('bounds of moments', () => {
  const bounds = [
    '2016-12-31T23:59:59Z',
    '2016-12-31T23:59:59.5Z',
    '2016-12-31T23:59:60Z',
    '2016-12-31T23:59:60.5Z',
    '2017-01-01T00:00:00Z',
    '2017-01-01T08:00:01+08:00',
    '2016-12-31T24:00:00',
    '-0044-03-15T12:00:00',
  ];
  const cells = [
    ...bounds,
    '2016-12-31T23:59:58.999Z',
    '2016-12-31T23:59:59.000Z',
    '2017-01-01T00:00:00.0001Z',
    '2017-01-01T00:00:00+00:01',
    '2017-01-01T14:00:00+14:00',
    '2016-12-31T10:00:00-14:00',
    '2017-01-01T00:00:01',
    '2017-01-01T00:00:02',
    '0001-01-01T00:00:00Z',
  ];
  const names = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];

  test.each(names.flatMap((name) => bounds.map((bound) => [name, bound] as const)))('%s %s', (name, bound) => {
    const of = tested({ type: 'datetime', constraints: { [name]: bound } });
    for (const cell of cells) isCertain(of, cell);
    const far = name.toLowerCase().includes('min') ? '2020-01-01T00:00:00Z' : '-0045-01-01T00:00:00Z';
    // A year before ours is left to texts.
    expect(isCertain(of, far)).toBe(!far.startsWith('-'));
  });
});

/** Forms of `any` that follow one another: each is read as if nothing had been read before. */
test.each([
  ['date', '2010-06-15', '2015/06/15'],
  ['time', '10:30', '15:45:00.5'],
  ['datetime', '2010-06-15 12:00:00', '2015-06-15T12:00:00+08:00'],
])('forms one after another, with bounds: %s', (type, minimum, exclusiveMaximum) => {
  const random = seeded(11);
  const all = [
    tested({ type, format: 'any' }),
    tested({ type, format: 'any', constraints: { minimum } }),
    tested({ type, format: 'any', constraints: { minimum, exclusiveMaximum } }),
  ];
  const date = () => {
    const [year, month, day] = [String(2009 + random.below(8)), two(1 + random.below(12)), two(1 + random.below(31))];
    const [first, second] = [`${year}-${month}-${day}`, `${year}年${month}月${day}日`];
    return random.pick([
      first,
      first,
      second,
      `${year}/${month}/${day}`,
      `${day}/${month}/${year}`,
      `${month}/${day}/${year}`,
    ]);
  };
  const time = () => {
    const clock = `${two(random.below(25))}:${two(random.below(60))}`;
    return random.pick([
      clock,
      `${clock}:30`,
      `${clock}:30`,
      `${clock}:30.5`,
      `${clock} PM`,
      `${clock}:59 am`,
      '15时45分',
    ]);
  };
  const zone = () => random.pick(['', '', '', 'Z', '+0800', ' -14:00', ' UTC', '+08:00']);
  const forms: Readonly<Record<string, () => string>> = {
    date,
    time,
    datetime: () => random.pick([date(), `${date()} ${time()}${zone()}`, `${date()}T${time()}${zone()}`]),
  };
  let certain = 0;
  for (let i = 0; i < CASES; i += 1) {
    const text = forms[type]?.() ?? '';
    for (const of of all) if (isCertain(of, random.below(10) === 0 ? mutated(text, random) : text)) certain += 1;
  }
  expect(certain).toBeGreaterThan(CASES / 3);
});

test.each<[field: object, good: string[]]>([
  [{ type: 'datetime' }, ['2024-01-26T15:00:00', '2024-01-26T15:00:00.300-05:00', '2024-02-29T23:59:59Z']],
  [{ type: 'year' }, ['2024', '0001Z', '2024+08:00']],
  [{ type: 'yearmonth' }, ['2024-12', '2024-12-14:00']],
  [{ type: 'datetime', format: 'any' }, ['2024年01月26日 15:00', 'Jan 26, 2024 03:00 PM', '2024-01-26 15:00:00 +0800']],
  [{ type: 'time', format: 'any' }, ['15:00', '03:00 pm', '15时30分']],
  [{ type: 'geopoint' }, ['-179.5,0', '0.25, -89.999']],
  [{ type: 'geopoint', format: 'array' }, ['[-179.5,0]', '[ 0.25 , -89 ]']],
  [{ type: 'geopoint', format: 'object' }, ['{"lon": 1, "lat": 2}', '{ "lat":2.5 , "lon":-1 }']],
  [
    { type: 'geojson' },
    [
      '{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}',
      '{"type": "LineString", "coordinates": [[0, 0, 5], [1, 1, 7]]}',
      '{"id":7,"properties":{"a":[1,{"b":null}],"c":"京"},"geometry":null,"type":"Feature"}',
      '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":null}]}',
    ],
  ],
])('ordinary cells are certain: %j', (field, good) => {
  const of = tested(field);
  expect(good.filter((text) => !isCertain(of, text))).toEqual([]);
});
