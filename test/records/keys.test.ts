import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressOf, KeyTable, MOST_AHEAD, type TableLimits } from '../../functions/records/check/key-table.ts';
import { HEAD, STAGED } from '../../functions/records/csv/native/key-code.ts';
import { sipHash } from '../../functions/records/check/sip-hash.ts';
import { aSchema, check } from './support.ts';

const string = (name: string, constraints: object = {}) => ({ name, type: 'string', constraints }) as const;

describe('unique', () => {
  test.each<[title: string, schema: Parameters<typeof aSchema>[0], input: string, report: string[]]>([
    ['a field', { fields: [string('a', { unique: true })] }, 'a\n1\n2\n1\n', ['4,1,a,unique,1']],
    [
      'a field, by logical value',
      { fields: [{ name: 'a', type: 'integer', constraints: { unique: true } }] },
      'a\n7\n07\n+7\n8\n',
      ['3,1,a,unique,07', '4,1,a,unique,+7'],
    ],
    [
      'numbers by logical value',
      { fields: [{ name: 'a', type: 'number', constraints: { unique: true } }] },
      'a\n1.50\n1.5\n15E-1\n',
      ['3,1,a,unique,1.5', '4,1,a,unique,15E-1'],
    ],
    [
      'instants by logical value',
      { fields: [{ name: 'a', type: 'datetime', constraints: { unique: true } }] },
      'a\n2024-01-01T00:00:00Z\n2024-01-01T08:00:00+08:00\n',
      ['3,1,a,unique,2024-01-01T08:00:00+08:00'],
    ],
    ['quotes make no other value', { fields: [string('a', { unique: true })] }, 'a\nx\n"x"\n', ['3,1,a,unique,x']],
    [
      'doubled quotes make no other value',
      { fields: [string('a', { unique: true })] },
      'a\n"x""y"\n"x""y"\n',
      ['3,1,a,unique,"x""y"'],
    ],
    ['missing values do not collide', { fields: [string('a', { unique: true }), string('b')] }, 'a,b\n,1\n,2\n', []],
    [
      'a primary key',
      { fields: [string('a'), string('b')], primaryKey: ['a', 'b'] },
      'b,a\n1,2\n2,1\n1,2\n',
      ['4,2,a+b,unique,2+1'],
    ],
    [
      'a primary key is required',
      { fields: [string('a'), string('b')], primaryKey: 'a' },
      'a,b\n,1\n',
      ['2,1,a,required,'],
    ],
    [
      'parts do not run together',
      { fields: [string('a'), string('b')], primaryKey: ['a', 'b'] },
      'a,b\n1,23\n12,3\n',
      [],
    ],
    [
      'a unique key with a missing part',
      { fields: [string('a'), string('b')], uniqueKeys: [['a', 'b']] },
      'a,b\n1,\n1,\n1,2\n1,2\n',
      ['5,1,a+b,unique,1+2'],
    ],
    [
      'a unique key with a column that the file does not have',
      { fields: [string('a'), string('b')], uniqueKeys: [['a', 'b']] },
      'a\n1\n1\n',
      [],
    ],
    [
      'a unique primary key is one rule',
      { fields: [string('a', { unique: true })], primaryKey: 'a', uniqueKeys: [['a']] },
      'a\n1\n1\n',
      ['3,1,a,unique,1'],
    ],
    [
      'several keys, several rows',
      { fields: [string('a', { unique: true }), string('b', { unique: true })], primaryKey: ['a', 'b'] },
      'a,b\n1,2\n1,2\n',
      ['3,1,a,unique,1', '3,1,a+b,unique,1+2', '3,2,b,unique,2'],
    ],
    [
      'a key belongs to the first accepted record',
      { fields: [string('a', { unique: true }), { name: 'b', type: 'integer' }] },
      'a,b\n1,x\n1,2\n1,3\n',
      ['2,2,b,type,x', '4,1,a,unique,1'],
    ],
    [
      'a duplicate takes none of its other keys',
      { fields: [string('a', { unique: true }), string('b', { unique: true })] },
      'a,b\n1,1\n1,2\n2,2\n',
      ['3,1,a,unique,1'],
    ],
    [
      'a broken key is reported with the other rules of its record',
      { fields: [string('a', { unique: true }), { name: 'b', type: 'integer' }] },
      'a,b\n1,1\n1,x\n',
      ['3,1,a,unique,1', '3,2,b,type,x'],
    ],
  ])('%s', async (_, schema, input, report) => {
    expect((await check(aSchema(schema), input)).report).toEqual(report);
    expect((await check(aSchema(schema), input, { fast: false })).report).toEqual(report);
  });
});

test('hashes depend on key, content and length', () => {
  const bytes = Buffer.from('\0\0\0\0\0\0\0\0');
  const hashes = [
    ...Array.from({ length: 9 }, (_, length) => sipHash(bytes, 0, length, [1, 2])),
    sipHash(bytes, 0, 8, [1, 3]),
    sipHash(Buffer.from('\0\0\0\0\0\0\0\u0001'), 0, 8, [1, 2]),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});

/** Of so few hashes that most keys meet others of the same. */
const COLLIDING = 0x11111111;
const MIB = 1024 * 1024;
const limits: readonly [title: string, limits: TableLimits][] = [
  ['in memory', {}],
  ['on disk', { memoryBytes: 0 }],
  ['in memory, hashes collide', { hashMask: COLLIDING }],
  ['on disk, hashes collide', { memoryBytes: 0, hashMask: COLLIDING }],
];

describe.each(limits)('a table of keys %s', (_, limit) => {
  test('is exact', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.string({ maxLength: 3 }), fc.boolean()), { maxLength: 400, size: 'max' }),
        (entries) => {
          const table = new KeyTable(3, limit);
          const model = new Set<string>();
          const long = 'l'.repeat(MIB / 4);
          for (const [set, text, isLong] of entries) {
            const bytes = Buffer.from(`,${text}${isLong && model.size % 8 === 0 ? long : ''},`);
            const key = `${set} ${bytes.toString()}`;
            const seen = table.seen(set);
            const answers = [seen.has(bytes, 1, bytes.length - 1), seen.add(bytes, 1, bytes.length - 1)];
            expect(answers).toEqual([model.has(key), !model.has(key)]);
            model.add(key);
          }
          expect(table.size).toBe(model.size);
          table.close();
        },
      ),
      { numRuns: 20 },
    );
  });

  test('takes the first keys that were put, and keeps as many as it is told', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(fc.option(fc.string({ maxLength: 2 })), { maxLength: MOST_AHEAD }), fc.nat()), {
          maxLength: 200,
        }),
        (batches) => {
          const table = new KeyTable(1, limit);
          const model = new Set<string>();
          for (const [texts, share] of batches) {
            table.clear();
            for (const [n, text] of texts.entries()) {
              if (text === null) table.putNone(n);
              else table.put(n, 0, Buffer.from(text), 0, Buffer.byteLength(text));
            }
            const first = texts.findIndex((text, n) => text !== null && (model.has(text) || texts.indexOf(text) < n));
            const free = first < 0 ? texts.length : first;
            expect(table.take(texts.length)).toBe(free);
            const kept = share % (free + 1);
            table.keep(kept);
            for (const text of texts.slice(0, kept)) if (text !== null) model.add(text);
            expect(table.size).toBe(model.size);
          }
          for (const text of model) expect(table.seen(0).has(Buffer.from(text), 0, Buffer.byteLength(text))).toBe(true);
          table.close();
        },
      ),
      { numRuns: 50 },
    );
  });

  test('knows keys of every length, over the edges of what stands on disk', () => {
    const table = new KeyTable(1, limit);
    const keys = table.seen(0);
    const lengths = [0, 1, 127, 128, 255, 256, 16_384, MIB - 3, MIB - 2, MIB - 1, MIB, MIB + 1, 3 * MIB];
    const texts = lengths.map((length) => Buffer.alloc(length, 'k'));
    for (const text of texts) expect(keys.add(text, 0, text.length)).toBe(true);
    for (const text of texts) {
      expect(keys.has(text, 0, text.length)).toBe(true);
      expect(text.length > 0 && keys.has(text, 0, text.length - 1)).toBe(
        [1, 128, 256, MIB - 2, MIB - 1, MIB, MIB + 1].includes(text.length),
      );
    }
    table.close();
  });
});

test('keys stand by HalfSipHash-1-3 of their words', () => {
  const table = new KeyTable(1);
  const words = new Int32Array(table.memory.buffer, 0, 1024);
  const secret = [words[HEAD.secret / 4] ?? 0, words[HEAD.secret / 4 + 1] ?? 0] as const;
  for (const text of ['', 'a', 'abc', 'abcd', 'abcdefghijklmnopqrstuvwxyz']) {
    const words4 = Math.ceil((text.length + 1) / 4) * 4;
    const key = Buffer.alloc(words4);
    key[0] = text.length;
    key.write(text, 1);
    table.clear();
    table.put(0, 0, Buffer.from(text), 0, text.length);
    table.take(1);
    expect(words[(addressOf(0) + STAGED.hash) / 4]).toBe(sipHash(key, 0, key.length, secret));
    table.keep(1);
  }
  table.close();
});

test.each<[title: string, limits: TableLimits, count: number]>([
  ['whose hashes differ', { memoryBytes: 2 * MIB }, 100_000],
  ['whose hashes collide', { memoryBytes: MIB, hashMask: COLLIDING }, 8000],
])('a table grows, and what is on disk, with keys %s', (_, limit, count) => {
  const table = new KeyTable(1, limit);
  const keys = table.seen(0);
  const key = Buffer.alloc(60);
  const numbered = (i: number): Buffer => {
    key.writeUInt32LE(i, 0);
    return key;
  };
  for (let i = 0; i < count; i += 1) keys.add(numbered(i), 0, key.length);
  let found = 0;
  for (let i = 0; i < count; i += 1) if (keys.has(numbered(i), 0, key.length)) found += 1;
  for (let i = count; i < count + 1000; i += 1) if (keys.has(numbered(i), 0, key.length)) found += 1;
  expect([table.size, found]).toEqual([count, count]);
  table.close();
});

test('a table grows beyond a million slots', () => {
  const count = 1_200_000;
  const table = new KeyTable(1);
  const key = Buffer.alloc(4);
  const takeAll = (): number => {
    let taken = 0;
    for (let first = 0; first < count; first += MOST_AHEAD) {
      for (let n = 0; n < MOST_AHEAD; n += 1) {
        key.writeUInt32LE(first + n);
        table.put(n, 0, key, 0, key.length);
      }
      const free = table.take(MOST_AHEAD);
      taken += free;
      table.keep(free);
    }
    return taken;
  };
  expect([takeAll(), takeAll(), table.size]).toEqual([count, 0, count]);
  const seen = table.seen(0);
  for (let number = 0; number < count; number += 1009) {
    key.writeUInt32LE(number);
    if (!seen.has(key, 0, key.length)) expect({ number, isThere: false }).toEqual({ number, isThere: true });
  }
  table.close();
});

test('many long keys stay on disk', () => {
  const table = new KeyTable(1, { memoryBytes: 0 });
  const keys = table.seen(0);
  const key = Buffer.alloc(MIB, 'k');
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 100; i += 1) {
    key.writeUInt32LE(i, MIB - 4);
    keys.add(key, 0, MIB);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * MIB);
  table.close();
});

test('more keys than one check compares refuse the file', () => {
  const table = new KeyTable(2, { keys: 3 });
  const sets = [table.seen(0), table.seen(1)];
  const key = Buffer.from('ab');
  for (const keys of sets) keys.add(key, 0, 1);
  expect(sets[0]?.add(key, 0, 1)).toBe(false);
  expect(sets[0]?.add(key, 1, 2)).toBe(true);
  expect(() => sets[1]?.add(key, 1, 2)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: 'too-large' }) }),
  );
});
