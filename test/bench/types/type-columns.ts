import type { Seeded } from '../../support/seeded.ts';
import { CODES } from './code-cells.ts';

/** A column of the case `types-1M`: a field, and good cells of it, written as they stand in CSV. */
export interface TypeColumn {
  readonly name: string;
  readonly field: object;
  /** @param serial of the row: for values of which none comes twice */
  readonly cell: (random: Seeded, serial: number) => string;
}

const two = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));
const upTo = (random: Seeded, limit: number, from = 0): string => two[from + random.below(limit)] ?? '';
const digits = (random: Seeded, count: number): string =>
  String(random.below(10 ** Math.min(count, 9))).padStart(count, '0');
const letters = (random: Seeded, count: number): string => {
  let text = '';
  for (let i = 0; i < count; i += 1) text += String.fromCharCode(97 + random.below(26));
  return text;
};
const degrees = (random: Seeded, turn: number): string =>
  `${random.below(turn * 2 - 1) - turn + 1}.${digits(random, 6)}`;

interface Day {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}
const dayOf = (random: Seeded): Day => ({
  year: String(1990 + random.below(36)),
  month: upTo(random, 12, 1),
  day: upTo(random, 28, 1),
});
const dayAs = (write: (day: Day) => string) => (random: Seeded) => write(dayOf(random));
const isoDay = dayAs(({ year, month, day }) => `${year}-${month}-${day}`);
const clock = (random: Seeded): string => `${upTo(random, 24)}:${upTo(random, 60)}:${upTo(random, 60)}`;
const instant =
  (between: string, end: (random: Seeded) => string = () => '') =>
  (random: Seeded): string =>
    `${isoDay(random)}${between}${clock(random)}${end(random)}`;
const nthInstant = (_: Seeded, serial: number): string => new Date(serial * 37_000).toISOString().slice(0, 19);
/** Each number below a million once, in no order. */
const shuffled = (serial: number): number => (serial * 387_420_489) % 1_000_003;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const QUOTE = '"';
const inJson = (text: string): string => `${QUOTE}${text.replaceAll(QUOTE, '""')}${QUOTE}`;
const position = (random: Seeded): string => `[${degrees(random, 180)},${degrees(random, 90)}]`;

function ring(random: Seeded): string {
  const [first, second, third] = [position(random), position(random), position(random)];
  return `[${first},${second},${third},${first}]`;
}

const WORDS = ['京华', '长安', '燕山', '通惠', '永定', '紫竹', '和平', '东方', '中关', '金源', '天元', '北辰'];
const word = (random: Seeded): string => random.pick(WORDS);
const LIST = Array.from({ length: 3000 }, (_, i) => `K${String(i * 7).padStart(5, '0')}`);
const CHINESE_LIST = WORDS.flatMap((one) => WORDS.map((other) => one + other));

const text = (random: Seeded): string => letters(random, 4 + random.below(12));
const chinese = (random: Seeded): string => word(random) + word(random) + digits(random, 3);
const integer = (random: Seeded): string => String(random.below(1_000_000));
const decimal = (random: Seeded): string => `${random.below(100_000)}.${upTo(random, 100)}`;
const hex = (random: Seeded, count: number): string =>
  random
    .below(16 ** count)
    .toString(16)
    .padStart(count, '0');
const uuid = (random: Seeded): string =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 8)}${hex(random, 4)}`;
const base64 = (random: Seeded): string => Buffer.from(letters(random, 9 + random.below(9))).toString('base64');

type Constraints = Readonly<Record<string, unknown>>;
const of = (type: string, cell: TypeColumn['cell'], name = type, more: object = {}): TypeColumn => ({
  name,
  field: { type, ...more },
  cell,
});
const bound = (constraints: Constraints) => ({ constraints });

const strings: readonly TypeColumn[] = [
  of('string', text),
  of('string', chinese, 'string, Chinese'),
  of('string', text, 'string, required', bound({ required: true })),
  of('string', (_, serial) => `A${serial}`, 'string, unique', bound({ unique: true })),
  of('string', (_, serial) => `A${shuffled(serial)}`, 'string, unique, in no order', bound({ unique: true })),
  of('string', text, 'string, minLength and maxLength', bound({ minLength: 2, maxLength: 40 })),
  of('string', chinese, 'string, maxLength beyond ASCII', bound({ maxLength: 9 })),
  of('string', (random) => inJson(`${text(random)}, ${text(random)}`), 'string, quoted'),
  of('string', (random) => random.pick(LIST.slice(0, 8)), 'enum of 8', bound({ enum: LIST.slice(0, 8) })),
  of('string', (random) => random.pick(LIST), 'enum of 3,000', bound({ enum: LIST })),
  of('string', (random) => random.pick(CHINESE_LIST), 'enum beyond ASCII', bound({ enum: CHINESE_LIST })),
  of('string', (random) => random.pick(LIST), 'categories', { categories: LIST }),
  of(
    'string',
    (random) => `京${String.fromCharCode(65 + random.below(26))}·${digits(random, 5)}`,
    'pattern beyond ASCII',
    bound({ pattern: '[\\u4e00-\\u9fa5][A-Z]·?[A-Z0-9]{5}' }),
  ),
  of('string', chinese, 'pattern, Chinese', bound({ pattern: '[\\u4e00-\\u9fff·\\d]{2,20}' })),
  of('string', (random) => `AB-${digits(random, 8)}`, 'pattern', bound({ pattern: '[A-Z]{2}-\\d{8}' })),
  of('string', (random) => `${text(random)}@${text(random)}.gov.cn`, 'email', { format: 'email' }),
  of('string', (random) => `https://${text(random)}.gov.cn/${text(random)}?a=${digits(random, 4)}`, 'uri', {
    format: 'uri',
  }),
  of('string', uuid, 'uuid', { format: 'uuid' }),
  of('string', base64, 'binary', { format: 'binary' }),
  of('string', CODES.gb11643, 'gb11643', { check: 'gb11643' }),
  of('string', CODES.gb11714, 'gb11714', { check: 'gb11714' }),
  of('string', CODES.gb32100, 'gb32100', { check: 'gb32100' }),
  of('any', text),
];

const numbers: readonly TypeColumn[] = [
  of('integer', integer),
  of('integer', (_, serial) => String(serial), 'integer, unique', bound({ unique: true })),
  of('integer', integer, 'integer, minimum and maximum', bound({ minimum: 0, maximum: 1_000_000 })),
  of('integer', (random) => `${digits(random, 9)}${digits(random, 9)}7`, 'integer of 19 digits'),
  of(
    'integer',
    (random) => String(random.below(1000)),
    'integer, enum of 1,000',
    bound({ enum: Array.from({ length: 1000 }, (_, i) => i) }),
  ),
  of('number', decimal),
  of('number', decimal, 'number, minimum', bound({ minimum: 0 })),
  of('number', (random) => `${1 + random.below(9)}.${digits(random, 4)}E${random.below(9)}`, 'number, exponent'),
  of('number', (random) => inJson(`${1 + random.below(999)},${digits(random, 3)}.50`), 'number, groups', {
    groupChar: ',',
  }),
  of('number', (random) => inJson(`${random.below(999)},50`), 'number, decimal comma', { decimalChar: ',' }),
  of('number', (random) => `${decimal(random)}%`, 'number, bareNumber false', { bareNumber: false }),
  of('boolean', (random) => random.pick(['true', 'false'])),
  of('boolean', (random) => random.pick(['是', '否']), 'boolean of its own', {
    trueValues: ['是'],
    falseValues: ['否'],
  }),
];

const moments: readonly TypeColumn[] = [
  of('date', isoDay),
  of('date', isoDay, 'date, minimum', bound({ minimum: '1949-10-01' })),
  of(
    'date',
    dayAs(({ year, month, day }) => `${day}/${month}/${year}`),
    'date, %d/%m/%Y',
    { format: '%d/%m/%Y' },
  ),
  of(
    'date',
    dayAs(({ year, month, day }) => `${year}${month}${day}`),
    'date, %Y%m%d',
    { format: '%Y%m%d' },
  ),
  of(
    'date',
    dayAs(({ year, month, day }) => `${year}年${month}月${day}日`),
    'date, %Y年%m月%d日',
    {
      format: '%Y年%m月%d日',
    },
  ),
  of(
    'date',
    dayAs(({ year, month, day }) => `${day} ${MONTHS[Number(month) - 1]} ${year}`),
    'date, %d %b %Y',
    {
      format: '%d %b %Y',
    },
  ),
  of('date', isoDay, 'date, any', { format: 'any' }),
  of(
    'date',
    dayAs(({ year, month, day }) => `${year}/${month}/${day}`),
    'date, any, with slashes',
    { format: 'any' },
  ),
  of('datetime', instant('T')),
  of(
    'datetime',
    instant('T', () => 'Z'),
    'datetime, Z',
    bound({ minimum: '1949-10-01T00:00:00Z' }),
  ),
  of(
    'datetime',
    instant('T', (random) => `.${digits(random, 3)}+08:00`),
    'datetime, fraction and zone',
  ),
  of('datetime', nthInstant, 'datetime, unique', bound({ unique: true })),
  of(
    'datetime',
    (random, serial) => nthInstant(random, shuffled(serial)),
    'datetime, unique, in no order',
    bound({ unique: true }),
  ),
  of('datetime', instant(' '), 'datetime, %Y-%m-%d %H:%M:%S', { format: '%Y-%m-%d %H:%M:%S' }),
  of(
    'datetime',
    instant('T', () => '+0800'),
    'datetime, %Y-%m-%dT%H:%M:%S%z',
    { format: '%Y-%m-%dT%H:%M:%S%z' },
  ),
  of('datetime', instant(' '), 'datetime with a format, minimum', {
    format: '%Y-%m-%d %H:%M:%S',
    ...bound({ minimum: '1949-10-01 00:00:00' }),
  }),
  of('datetime', instant(' '), 'datetime, any', { format: 'any' }),
  of(
    'datetime',
    instant('T', () => 'Z'),
    'datetime, any, ISO',
    { format: 'any' },
  ),
  of('time', clock),
  of('time', clock, 'time, maximum', bound({ maximum: '23:59:59' })),
  of('time', (random) => `${upTo(random, 24)}:${upTo(random, 60)}`, 'time, %H:%M', { format: '%H:%M' }),
  of('time', (random) => `${upTo(random, 24)}:${upTo(random, 60)}`, 'time, any', { format: 'any' }),
  of('year', (random) => String(1900 + random.below(130))),
  of('year', (random) => String(1950 + random.below(80)), 'year, minimum', bound({ minimum: 1949 })),
  of(
    'yearmonth',
    dayAs(({ year, month }) => `${year}-${month}`),
  ),
  of(
    'yearmonth',
    dayAs(({ year, month }) => `${year}-${month}`),
    'yearmonth, minimum',
    bound({ minimum: '1949-10' }),
  ),
];

const places: readonly TypeColumn[] = [
  of('geopoint', (random) => inJson(`${degrees(random, 180)}, ${degrees(random, 90)}`)),
  of('geopoint', (random) => inJson(position(random)), 'geopoint, array', { format: 'array' }),
  of(
    'geopoint',
    (random) => inJson(`{"lon":${degrees(random, 180)},"lat":${degrees(random, 90)}}`),
    'geopoint, object',
    {
      format: 'object',
    },
  ),
  of('geojson', (random) => inJson(`{"type":"Point","coordinates":${position(random)}}`), 'geojson, point'),
  of('geojson', (random) => inJson(`{"type":"Polygon","coordinates":[${ring(random)}]}`), 'geojson, polygon'),
  of(
    'geojson',
    (random) =>
      inJson(
        `{"type": "Feature", "properties": {"name": "${word(random)}"}, "geometry": {"type": "Point", "coordinates": ${position(random)}}}`,
      ),
    'geojson, feature',
  ),
  of('geojson', (random) => inJson(`{"type":"Point","coordinates":${position(random)}}`), 'geojson, topojson', {
    format: 'topojson',
  }),
];

export const TYPE_COLUMNS: readonly TypeColumn[] = [...strings, ...numbers, ...moments, ...places];
