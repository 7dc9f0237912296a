import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Field } from '../../schemas/contracts/definition.ts';
import { Condition } from '../../schemas/contracts/terms.ts';
import {
  isOrderedText,
  orderedCondition,
  type OrderedCondition,
  orderedKey,
  orderedText,
  termsProblems,
  writeExtracts,
} from '../../functions/records/index.ts';
import { logicalTypeOf } from '../../functions/records/types/type-of.ts';
import { aDefinition, terms } from '../support/builders.ts';
import { searched } from '../support/long.ts';
import { Collected, inChunks } from './support.ts';

const digits = fc.stringMatching(/^\d{1,30}$/);
const sign = fc.constantFrom('', '-', '+');
const integers = fc.oneof(
  fc.tuple(sign, digits).map((parts) => parts.join('')),
  fc.bigInt().map(String),
  fc.integer({ min: -120, max: 120 }).map(String),
);
const numbers = fc.oneof(
  integers,
  fc
    .tuple(
      sign,
      digits,
      fc.oneof(
        fc.constant(''),
        digits.map((some) => `.${some}`),
      ),
      fc.oneof(
        fc.constant(''),
        fc.integer({ min: -400, max: 400 }).map((e) => `E${e}`),
      ),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('NaN', 'nan', 'INF', '-INF', '0', '-0', '0.00', '1E999999999999999', '-1E-999999999999999', '1e-7'),
);
const two = (max: number, min = 0) => fc.integer({ min, max }).map((value) => String(value).padStart(2, '0'));
const day = fc.tuple(two(12, 1), two(28, 1)).map((parts) => parts.join('-'));
const clock = fc.tuple(two(23), two(59), two(59)).map((parts) => parts.join(':'));
const fourDigits = fc.integer({ min: 1, max: 9999 }).map((value) => String(value).padStart(4, '0'));
const year = fc.oneof(
  fourDigits,
  fc.integer({ min: 1, max: 9999 }).map((value) => `-${String(value).padStart(4, '0')}`),
  fc.integer({ min: 10_000, max: 999_999_999 }).map(String),
  fc.integer({ min: 10_000, max: 999_999_999 }).map((value) => `-${value}`),
  fc.constantFrom('0001', '-0001', '9999', '10000', '2026'),
);
const zone = fc.constantFrom('', 'Z', '+08:00', '-05:30', '+14:00');
const fraction = fc.oneof(fc.constant(''), fc.constantFrom('.0', '.5', '.50', '.05', '.123456789', '.500000000001'));

/** A field, and texts of which most are of its type. */
const TYPES: readonly (readonly [field: object, texts: fc.Arbitrary<string>])[] = [
  [{ type: 'string' }, fc.string({ unit: 'binary', maxLength: 5 })],
  [{ type: 'any' }, fc.oneof(fc.constantFrom('1', 'true', '甲'), fc.string({ unit: 'binary', maxLength: 5 }))],
  [{ type: 'integer' }, integers],
  [
    { type: 'integer', groupChar: ',', bareNumber: false },
    fc.oneof(integers, fc.constantFrom('€1,000', '1000%', '95 m')),
  ],
  [{ type: 'number' }, numbers],
  [{ type: 'number', decimalChar: ',' }, numbers.map((text) => text.replace('.', ','))],
  [{ type: 'boolean', trueValues: ['是', 'y'], falseValues: ['否'] }, fc.constantFrom('是', 'y', '否', 'true')],
  [{ type: 'date' }, fc.tuple(fourDigits, day).map((parts) => parts.join('-'))],
  [
    { type: 'date', format: 'any' },
    fc.oneof(
      fc.tuple(fourDigits, day).map((parts) => parts.join('-')),
      fc.constantFrom('2024/1/26', '20240126', '2024年1月26日', '26 January 2024', '01/26/2024'),
    ),
  ],
  [{ type: 'time' }, clock],
  [{ type: 'time', format: 'any' }, fc.oneof(clock, fc.constantFrom('15:00', '3:00 PM', '15:00:30.25', '15时30分'))],
  [
    { type: 'datetime' },
    fc.oneof(
      fc.tuple(year, day, clock, fraction, zone).map(([y, d, c, f, z]) => `${y}-${d}T${c}${f}${z}`),
      fc.constantFrom(
        '2016-12-31T23:59:60Z',
        '2016-12-31T23:59:60.5Z',
        '2017-01-01T07:59:60+08:00',
        '2016-12-31T23:59:59.999Z',
        '2017-01-01T00:00:00Z',
        '2016-12-31T24:00:00Z',
        '2017-01-01T00:00:00.000001Z',
        '-0001-12-31T23:59:59-14:00',
      ),
    ),
  ],
  [{ type: 'year' }, fc.tuple(year, zone).map((parts) => parts.join(''))],
  [{ type: 'yearmonth' }, fc.tuple(year, two(12, 1), zone).map(([y, m, z]) => `${y}-${m}${z}`)],
  [{ type: 'geopoint' }, fc.constantFrom('1,2', '1.0, 2', '01,2', '-1,2', '1,02.50', '1,2.5')],
  [
    { type: 'geojson' },
    fc.constantFrom('{"type":"Point","coordinates":[1,2]}', '{"coordinates":[1,2.0],"type":"Point"}'),
  ],
];
const named = TYPES.map(([field, texts]) => [JSON.stringify(field), field, texts] as const);
const fieldOf = (field: object): Field => Field.parse({ ...field, name: 'a' });

const byBytes = (one: string, other: string): number => Math.sign(Buffer.compare(Buffer.from(one), Buffer.from(other)));

describe('ordered texts', () => {
  test.each(named)('are equal where values are equal, and order as these: %s', (_, given, texts) => {
    const field = fieldOf(given);
    const type = logicalTypeOf(field)!;
    const ordered = orderedText(field);
    let compared = 0;
    fc.assert(
      fc.property(fc.array(texts, { minLength: 2, maxLength: 12 }), (some) => {
        const read = some.map((text) => ({ text, value: type.read(text), ordered: ordered(text) }));
        const good = read.filter(({ value }) => value !== undefined);
        expect(read.filter(({ ordered: text }) => text !== null)).toEqual(good);
        const wrong = good.flatMap((one) =>
          good.filter((other) => {
            const order = type.compare?.(one.value, other.value) ?? Number.NaN;
            const isEqual = type.canonical(one.value) === type.canonical(other.value);
            compared += 1;
            return (
              (one.ordered === other.ordered) !== isEqual ||
              (!Number.isNaN(order) && byBytes(one.ordered!, other.ordered!) !== Math.sign(order))
            );
          }),
        );
        expect(wrong).toEqual([]);
        if (isOrderedText(field)) expect(good.every(({ text, ordered: itself }) => itself === text)).toBe(true);
      }),
      { numRuns: searched(100, 20_000) },
    );
    expect(compared).toBeGreaterThan(200);
  });

  test('are short and plain for what is ordinary', () => {
    const of = (field: object, text: string) => orderedText(fieldOf(field))(text);
    expect(of({ type: 'integer' }, '0110101001')).toBe('3b9110101001');
    expect(of({ type: 'number' }, '-12.50')).toBe('1Z7874~');
    expect(of({ type: 'date' }, '2026-11-30')).toBe('2026-11-30');
    expect(of({ type: 'datetime' }, '2026-11-30T08:00:00+08:00')).toBe('2026-11-30');
    expect(of({ type: 'datetime' }, '2026-11-30T08:30:05.250Z')).toBe('2026-11-30T08:30:05.25');
    expect(of({ type: 'date' }, 'x')).toBeNull();
  });
});

describe('ordered keys', () => {
  const part = fc.string({ unit: fc.constantFrom('\u0001', '\u0002', '\u0003', 'a', '数'), maxLength: 3 });
  test('order as their parts do, one after the other', () => {
    const parts = fc.tuple(part, part, part);
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const first = one.map((text, i) => byBytes(text, other[i]!)).find((order) => order !== 0) ?? 0;
        expect(byBytes(orderedKey(one), orderedKey(other))).toBe(first);
      }),
      { numRuns: searched(2000, 100_000) },
    );
  });
  test('of one part are this part', () => {
    fc.assert(fc.property(part, (text) => expect(orderedKey([text])).toBe(text)));
  });
});

const holds = (condition: OrderedCondition, text: string): boolean => {
  if ('oneOf' in condition) return condition.oneOf.includes(text);
  if ('prefix' in condition) return text.startsWith(condition.prefix);
  const { from, to } = condition;
  return (from === undefined || byBytes(text, from) >= 0) && (to === undefined || byBytes(text, to) <= 0);
};

test.each(named)('conditions choose what extracts do: %s', async (_, given, texts) => {
  const field = fieldOf(given);
  const ordered = orderedText(field);
  const definition = aDefinition({
    schema: {
      fields: [
        { name: 'n', type: 'string' },
        { ...given, name: 'a' },
      ],
    },
  });
  const isOneOfThem = fc.constant(undefined);
  const values = fc.oneof(
    isOneOfThem,
    texts,
    fc.oneof(fc.integer({ min: -120, max: 120 }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
  );
  const op = fc.constantFrom('eq', 'in', 'min', 'max', 'prefix');
  let chosen = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(texts, { minLength: 1, maxLength: 8 }),
      op,
      fc.array(values, { minLength: 1, maxLength: 3 }),
      async (some, how, asking) => {
        const wanted = asking.map((value, i) => value ?? some[i % some.length]);
        const stated = { field: 'a', op: how, value: how === 'in' ? wanted : wanted[0] };
        const { data: condition } = Condition.safeParse(stated);
        if (!condition || termsProblems(terms({ fields: ['n'], filter: [condition] }), definition).length > 0) return;
        const good = some.filter((text) => ordered(text) !== null && text !== '' && !text.includes('\0'));
        const csv = `n,a\n${good.map((text, i) => `${i},"${text.replaceAll('"', '""')}"\n`).join('')}`;
        const sink = new Collected();
        const spec = { fields: ['n'], filter: [condition], mask: {}, format: 'csv' as const };
        const source = { schema: definition.schema, columns: ['n', 'a'] };
        await writeExtracts(inChunks(Buffer.from(csv)), source, [{ spec, sink }]);
        const asked = orderedCondition(condition, field);
        const mine = good.flatMap((text, i) => (holds(asked, ordered(text)!) ? [String(i)] : []));
        expect([condition, good, sink.text.trim().split('\n').slice(1)]).toEqual([condition, good, mine]);
        chosen += mine.length;
      },
    ),
    { numRuns: searched(25, 5000) },
  );
  expect(chosen).toBeGreaterThan(0);
});
