import { describe, expect, test } from '@jest/globals';
import { rulesBroken } from './support.ts';

/** A field, cells of its type, cells that are not. */
const TYPES: readonly (readonly [title: string, field: object, good: readonly string[], bad: readonly string[]])[] = [
  ['string', { type: 'string' }, ['x', ' ', '中文', '"'], []],
  [
    'string email',
    { type: 'string', format: 'email' },
    ['a.b+c@example.gov.cn', '张@例子.中国'],
    ['a', 'a@b', 'a b@c.cn', '@c.cn', 'a@c..cn', 'a@-c.cn'],
  ],
  [
    'string uri',
    { type: 'string', format: 'uri' },
    ['https://example.cn/a?b=c#d', 'urn:isbn:0451450523', 'mailto:a@b.cn'],
    ['example.cn', 'http://', 'http://a b', '/a', 'http://a/%zz'],
  ],
  [
    'string uuid',
    { type: 'string', format: 'uuid' },
    ['123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-12D3-A456-426614174000'],
    ['123e4567e89b12d3a456426614174000', '123e4567-e89b-12d3-a456-42661417400g'],
  ],
  [
    'string binary',
    { type: 'string', format: 'binary' },
    ['YQ==', 'YWI=', 'YWJj'],
    ['YQ=', 'Y===', 'YQ=a', 'Y_Q=', 'YQ'],
  ],
  [
    'integer',
    { type: 'integer' },
    ['0', '-0', '+7', '007', '-12', '123456789012345678901234567890'],
    ['1.0', '1e3', ' 1', '1 ', '', '+', '１', '0x1', '1,000', 'NaN'].filter(Boolean),
  ],
  [
    'integer with groups',
    { type: 'integer', groupChar: ',' },
    ['1,000', '1,0000', '1000', '-1,2,3'],
    [',1', '1,', '1,,0', '1.0'],
  ],
  [
    'integer with text around',
    { type: 'integer', bareNumber: false },
    ['95%', '€95', 'EUR 95', '-95 元', '95'],
    ['%', 'a', '9 5'],
  ],
  [
    'number',
    { type: 'number' },
    [
      '0',
      '-1.23',
      '12678967.543233',
      '+100000.00',
      '210',
      '.5',
      '5.',
      '1E5',
      '1.5e-3',
      '1E+5',
      'NaN',
      'nan',
      'INF',
      '-INF',
      '-inf',
    ],
    ['1,5', '1E', 'E5', '.', '--1', '1.2.3', '+INF', 'Infinity', '1 000', '0x1'],
  ],
  [
    'number with a decimal comma',
    { type: 'number', decimalChar: ',', groupChar: '.' },
    ['1.000,50', '1,5', '-,5'],
    ['1,5,5', '1,5.0', '1..0'],
  ],
  [
    'number with text around',
    { type: 'number', bareNumber: false, groupChar: ',' },
    ['95.5%', '¥1,000.50', '-3.5 kg', 'NaN'],
    ['1.2.3', 'kg'],
  ],
  [
    'boolean',
    { type: 'boolean' },
    ['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'],
    ['yes', 'tRUE', '2', 't'],
  ],
  ['boolean of its own', { type: 'boolean', trueValues: ['是'], falseValues: ['否'] }, ['是', '否'], ['true', '0']],
  [
    'date',
    { type: 'date' },
    ['2024-01-26', '2024-02-29', '0001-01-01', '9999-12-31'],
    [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-1-26',
      '24-01-26',
      '2024-01-32',
      '2024/01/26',
      '0000-01-01',
      '2024-01-26T00:00:00',
      '2024-04-31',
    ],
  ],
  [
    'date by pattern',
    { type: 'date', format: '%d/%m/%Y' },
    ['26/01/2024', '6/1/2024'],
    ['2024-01-26', '30/02/2024', '26/01/24', ' 6/1/2024'],
  ],
  ['date by an old pattern', { type: 'date', format: 'fmt:%Y年%m月%d日' }, ['2024年1月26日'], ['2024-01-26']],
  ['date by month name', { type: 'date', format: '%d %b %Y' }, ['26 Jan 2024', '26  JAN 2024'], ['26 Foo 2024']],
  [
    'date of any form',
    { type: 'date', format: 'any' },
    [
      '2024-01-26',
      '2024/1/26',
      '20240126',
      '2024年1月26日',
      '26 January 2024',
      'Jan 26, 2024',
      '01/26/2024',
      '26/01/2024',
    ],
    ['tomorrow', '2024-02-30', '26'],
  ],
  [
    'time',
    { type: 'time' },
    ['15:00:00', '00:00:00', '23:59:59'],
    ['24:00:00', '15:00', '15:60:00', '15:00:60', '3:00:00', '15:00:00Z'],
  ],
  ['time by pattern', { type: 'time', format: '%I:%M %p' }, ['03:00 PM', '12:59 am'], ['15:00 PM', '03:00']],
  [
    'time of any form',
    { type: 'time', format: 'any' },
    ['15:00', '15:00:30.25', '3:00 PM', '15时30分'],
    ['25:00', 'noon'],
  ],
  [
    'datetime',
    { type: 'datetime' },
    [
      '2024-01-26T15:00:00',
      '2024-01-26T15:00:00.300-05:00',
      '2024-01-26T15:00:00Z',
      '2024-01-26T24:00:00',
      '-0044-03-15T12:00:00',
      '12024-01-26T15:00:00',
      '2024-01-26T15:00:00+14:00',
    ],
    [
      '2024-01-26',
      '2024-01-26 15:00:00',
      '2024-01-26T15:00',
      '2024-02-30T15:00:00',
      '2024-01-26T24:00:01',
      '2024-01-26T25:00:00',
      '2024-01-26T15:00:00+14:01',
      '2024-01-26T15:00:00.',
      '0000-01-01T00:00:00',
    ],
  ],
  [
    'datetime by pattern',
    { type: 'datetime', format: '%d/%m/%Y %H:%M:%S' },
    ['12/11/2018 09:15:32'],
    ['12/11/2018', '12/13/2018 09:15:32'],
  ],
  [
    'datetime of any form',
    { type: 'datetime', format: 'any' },
    [
      '2024-01-26 15:00:00',
      '2024-01-26T15:00:00Z',
      '2024年1月26日 15:00',
      '2024-01-26',
      '2024/1/26 3:05 PM',
      '2024-01-26 15:00 +0800',
    ],
    ['2024-01-26 25:00', 'now'],
  ],
  [
    'year',
    { type: 'year' },
    ['2024', '0001', '-0044', '12024', '2024Z', '2024+08:00'],
    ['24', '02024', '2024.0', '0000', '二零二四'],
  ],
  ['yearmonth', { type: 'yearmonth' }, ['2024-01', '2024-12Z'], ['2024-13', '2024-1', '2024', '202401']],
  [
    'geopoint',
    { type: 'geopoint' },
    ['90.50, 45.50', '90.50,45.50', '-180,90', '0,0'],
    ['90.50', '181,0', '0,91', '90.50;45.50', 'a,b', '1,2,3', '90.50,  45.50', 'NaN,0'],
  ],
  [
    'geopoint array',
    { type: 'geopoint', format: 'array' },
    ['[90.50, 45.50]'],
    ['90.50, 45.50', '[1]', '[1,2,3]', '["1","2"]', '[181,0]'],
  ],
  [
    'geopoint object',
    { type: 'geopoint', format: 'object' },
    ['{"lon": 90.50, "lat": 45.50}'],
    ['{"lon": 90.50}', '{"lon":1,"lat":2,"alt":3}', '{"lon":"1","lat":"2"}', '[1,2]', 'null'],
  ],
  [
    'geojson',
    { type: 'geojson' },
    [
      '{"type":"Point","coordinates":[116.4,39.9]}',
      '{"type":"Feature","geometry":null,"properties":null}',
      '{"type":"FeatureCollection","features":[]}',
      '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}',
      '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}',
    ],
    [
      '{}',
      '[]',
      'x',
      '1',
      '{"type":"Point"}',
      '{"type":"Point","coordinates":[1]}',
      '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}',
      '{"type":"Feature"}',
      '{"type":"Circle","coordinates":[1,2]}',
      '{"type":"constructor","coordinates":[1,2]}',
    ],
  ],
  [
    'topojson',
    { type: 'geojson', format: 'topojson' },
    ['{"type":"Topology","objects":{},"arcs":[]}'],
    ['{"type":"Point","coordinates":[1,2]}', '{"type":"Topology"}'],
  ],
  ['any', { type: 'any' }, ['x', '1', '{'], []],
  ['a field without a type', {}, ['x', '1'], []],
];

describe.each(TYPES)('%s', (_, field, good, bad) => {
  if (good.length > 0) {
    test.each(good.map((cell) => [cell]))('has %s', async (cell) => {
      expect(await rulesBroken(field, cell)).toEqual([]);
    });
  }
  if (bad.length > 0) {
    test.each(bad.map((cell) => [cell]))('has not %s', async (cell) => {
      expect(await rulesBroken(field, cell)).toEqual(['type']);
    });
  }
});

type Case = readonly [title: string, field: object, cell: string, broken: readonly string[]];

const CONSTRAINTS: readonly Case[] = [
  ['required', { type: 'string', constraints: { required: true } }, '', ['required']],
  [
    'required, other rules silent',
    { type: 'string', constraints: { required: true, minLength: 3, pattern: 'x' } },
    '',
    ['required'],
  ],
  [
    'a missing value breaks nothing else',
    { type: 'string', constraints: { minLength: 3, pattern: 'x', enum: ['y'] } },
    '',
    [],
  ],
  [
    'length in characters, not bytes or UTF-16 units',
    { type: 'string', constraints: { minLength: 2, maxLength: 2 } },
    '𠮷野',
    [],
  ],
  ['minLength', { type: 'string', constraints: { minLength: 3 } }, '中文', ['minLength']],
  ['maxLength', { type: 'string', constraints: { maxLength: 2 } }, '中文字', ['maxLength']],
  ['a doubled quote is one character', { type: 'string', constraints: { maxLength: 1 } }, '"', []],
  ['a pattern matches the whole value', { type: 'string', constraints: { pattern: '\\d{6}' } }, '1234567', ['pattern']],
  ['a pattern met', { type: 'string', constraints: { pattern: '\\d{6}' } }, '110102', []],
  ['alternatives match the whole value', { type: 'string', constraints: { pattern: 'a|ab' } }, 'ab', []],
  ['anchors are allowed', { type: 'string', constraints: { pattern: '^\\d{2}$' } }, '12', []],
  [
    'a pattern of Chinese characters',
    { type: 'string', constraints: { pattern: '[\\u4e00-\\u9fa5]{2,4}' } },
    '中文',
    [],
  ],
  ['a word character has any script', { type: 'string', constraints: { pattern: '\\w+' } }, '中_1', []],
  ['the dot is no line break', { type: 'string', constraints: { pattern: '.*' } }, 'a\nb', ['pattern']],
  ['enum', { type: 'string', constraints: { enum: ['a', 'b'] } }, 'c', ['enum']],
  ['enum by logical value', { type: 'integer', constraints: { enum: ['1', 2] } }, '+01', []],
  ['enum of numbers', { type: 'number', constraints: { enum: [0.5] } }, '.50', []],
  ['enum of booleans', { type: 'boolean', constraints: { enum: [true] } }, '0', ['enum']],
  [
    "enum of dates in the field's format",
    { type: 'date', format: '%d/%m/%Y', constraints: { enum: ['01/02/2024'] } },
    '1/2/2024',
    [],
  ],
  [
    'enum of objects',
    { type: 'geojson', constraints: { enum: [{ coordinates: [1, 2], type: 'Point' }] } },
    '{"type":"Point","coordinates":[1,2]}',
    [],
  ],
  [
    'categories restrict',
    {
      type: 'integer',
      categories: [
        { value: 0, label: '苹果' },
        { value: 1, label: '橙' },
      ],
    },
    '2',
    ['enum'],
  ],
  ['categories met', { type: 'string', categories: ['apple', 'orange'] }, 'apple', []],
  ['minimum', { type: 'integer', constraints: { minimum: 10 } }, '9', ['minimum']],
  ['minimum met', { type: 'integer', constraints: { minimum: 10 } }, '10', []],
  ['exclusive minimum', { type: 'number', constraints: { exclusiveMinimum: 0 } }, '0.0', ['minimum']],
  ['exclusive maximum', { type: 'number', constraints: { exclusiveMaximum: '1e3' } }, '1000', ['maximum']],
  [
    'bounds beyond 2^53',
    { type: 'integer', constraints: { maximum: '9007199254740993' } },
    '9007199254740994',
    ['maximum'],
  ],
  ['bounds beyond 2^53 met', { type: 'integer', constraints: { minimum: '9007199254740993' } }, '9007199254740993', []],
  [
    'decimals exactly',
    { type: 'number', constraints: { maximum: '0.30000000000000000001' } },
    '0.30000000000000000002',
    ['maximum'],
  ],
  ['an enormous exponent', { type: 'number', constraints: { maximum: 1 } }, '1E999999999', ['maximum']],
  [
    'NaN is within no bounds',
    { type: 'number', constraints: { minimum: 0, maximum: 9 } },
    'NaN',
    ['minimum', 'maximum'],
  ],
  ['infinity is above all', { type: 'number', constraints: { minimum: 0, maximum: 9 } }, 'INF', ['maximum']],
  ['date bounds', { type: 'date', constraints: { minimum: '2024-01-01' } }, '2023-12-31', ['minimum']],
  [
    "date bounds in the field's format",
    { type: 'date', format: '%d/%m/%Y', constraints: { maximum: '31/12/2023' } },
    '01/01/2024',
    ['maximum'],
  ],
  [
    'exclusive date bounds',
    { type: 'date', constraints: { exclusiveMaximum: '2024-01-01' } },
    '2024-01-01',
    ['maximum'],
  ],
  [
    'datetimes by instant',
    { type: 'datetime', constraints: { minimum: '2024-01-01T00:00:00Z' } },
    '2024-01-01T07:59:59+08:00',
    ['minimum'],
  ],
  [
    'datetimes by instant, met',
    { type: 'datetime', constraints: { minimum: '2024-01-01T00:00:00Z' } },
    '2024-01-01T08:00:00.000+08:00',
    [],
  ],
  ['time bounds', { type: 'time', constraints: { maximum: '18:00:00' } }, '18:00:01', ['maximum']],
  ['year bounds as numbers', { type: 'year', constraints: { minimum: 1949 } }, '1948', ['minimum']],
  ['yearmonth bounds', { type: 'yearmonth', constraints: { maximum: '2024-06' } }, '2024-07', ['maximum']],
  ['a wrong type silences the rest', { type: 'integer', constraints: { minimum: 10, enum: [1] } }, 'x', ['type']],
  [
    'one row per failing rule, in order',
    { type: 'string', check: 'gb11714', constraints: { minLength: 5, pattern: '\\d+', enum: ['y'] } },
    'x',
    ['minLength', 'pattern', 'enum', 'gb11714'],
  ],
  ['a check', { type: 'string', check: 'gb32100' }, '91350100M000100Y44', ['gb32100']],
  ['a check of a missing value', { type: 'string', check: 'gb32100' }, '', []],
];

test.each(CONSTRAINTS)('constraints: %s', async (_, field, cell, broken) => {
  expect(await rulesBroken(field, cell)).toEqual(broken);
});

const MISSING: readonly (readonly [
  title: string,
  schema: object,
  field: object,
  cell: string,
  broken: readonly string[],
])[] = [
  ['the schema lists them', { missingValues: ['', 'NA'] }, { type: 'integer' }, 'NA', []],
  [
    'with labels',
    { missingValues: [{ value: '-99', label: 'REFUSED' }] },
    { type: 'integer', constraints: { minimum: 0 } },
    '-99',
    [],
  ],
  [
    "the field's list replaces the schema's",
    { missingValues: ['', 'NA'] },
    { type: 'integer', missingValues: ['-'] },
    'NA',
    ['type'],
  ],
  ["the field's own", { missingValues: ['', 'NA'] }, { type: 'integer', missingValues: ['-'] }, '-', []],
  ['none at all: empty is a value', { missingValues: [] }, { type: 'integer' }, '', ['type']],
  [
    'none at all: an empty string is a string',
    { missingValues: [] },
    { type: 'string', constraints: { required: true } },
    '',
    [],
  ],
  [
    'a marker where a value is required',
    { missingValues: ['', 'NA'] },
    { type: 'integer', constraints: { required: true } },
    'NA',
    ['required'],
  ],
  ['a marker with a quote', { missingValues: ['"'] }, { type: 'integer' }, '"', []],
];

test.each(MISSING)('missing values: %s', async (_, schema, field, cell, broken) => {
  expect(await rulesBroken(field, cell, schema)).toEqual(broken);
});
