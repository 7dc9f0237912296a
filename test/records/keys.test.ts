import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressOf, MOST_AHEAD } from '../../functions/records/check/key-memory.ts';
import { KeyTable, type TableLimits } from '../../functions/records/check/key-table.ts';
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

/** Digits that stand together by the number of them first, everything else by its bytes. */
function naturally(one: string, other: string): number {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  const at = a.findIndex((byte, i) => byte !== b[i]);
  if (at < 0 || at >= b.length) return a.length - b.length;
  const digitsOf = (bytes: Buffer) => /^\d*/.exec(bytes.toString('latin1', at))?.[0].length ?? 0;
  return digitsOf(a) - digitsOf(b) || (a[at] ?? 0) - (b[at] ?? 0);
}

/** Takes texts as a check does, and keeps some of them. @returns how many are to come again */
function takeSome(table: KeyTable, model: Set<string>, texts: readonly (string | undefined)[], most: number): number {
  table.clear();
  for (const [n, text] of texts.entries()) {
    if (text === undefined) table.putNone(n);
    else table.put(n, 0, Buffer.from(text), 0, Buffer.byteLength(text));
  }
  const first = texts.findIndex((text, n) => text !== undefined && (model.has(text) || texts.indexOf(text) < n));
  const free = first < 0 ? texts.length : first;
  expect(table.take(texts.length)).toBe(free);
  const kept = Math.min(most, free);
  table.keep(kept);
  for (const text of texts.slice(0, kept)) if (text !== undefined) model.add(text);
  expect(table.size).toBe(model.size);
  return texts.slice(free === texts.length ? kept : texts.length).filter((text) => text !== undefined).length;
}

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

  test('knows keys that come in order, and those that come out of it', () => {
    const pieces = ['0', '1', '9', '10', '99', '100', '07', 'A', 'B', '-', '.', 'T', '中', 'é'];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((parts) => parts.join(''));
    const batch = fc.array(fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant(undefined) }), {
      maxLength: 12,
    });
    const disorder = fc.tuple(fc.nat(60), fc.nat(), fc.constantFrom('again', 'before', 'long'));
    fc.assert(
      fc.property(
        fc.array(batch, { maxLength: 30 }),
        disorder,
        fc.array(fc.nat(12)),
        (given, [when, which, how], kept) => {
          const table = new KeyTable(1, limit);
          const model = new Set<string>();
          const ordered = [...new Set(given.flat().filter((each) => each !== undefined))].toSorted(naturally);
          let next = 0;
          for (const [i, each] of given.entries()) {
            const texts = each.map((one) => (one === undefined ? one : ordered[next++]));
            const other = {
              again: [...model][which % Math.max(1, model.size)] ?? '',
              before: '!',
              long: 'l'.repeat(200),
            };
            if (i === when && texts.length > 0) texts[which % texts.length] = other[how];
            next -= takeSome(table, model, texts, kept[i % Math.max(1, kept.length)] ?? texts.length);
          }
          for (const one of [...ordered, '!', 'l'.repeat(200)])
            expect(table.seen(0).has(Buffer.from(one), 0, Buffer.byteLength(one))).toBe(model.has(one));
          table.close();
        },
      ),
      { numRuns: 15 },
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

test('keys stand by HalfSipHash-1-3 of their words, however long those beside them are', () => {
  const table = new KeyTable(2);
  const words = new Int32Array(table.memory.buffer, 0, 1024);
  const secret = [words[HEAD.secret / 4] ?? 0, words[HEAD.secret / 4 + 1] ?? 0] as const;
  const texts = [
    '',
    'a',
    'abc',
    'abcd',
    'z'.repeat(31),
    undefined,
    'abcdefghijklmnopqrstuvwxyz',
    'ab',
    'abcdefgh',
    '-',
  ];
  for (let count = 1; count <= texts.length; count += 1) {
    table.clear();
    for (const [n, text] of texts.entries()) {
      if (text === undefined) table.putNone(n);
      else table.put(n, 1, Buffer.from(text), 0, text.length);
    }
    // Those behind them are put as well.
    expect(table.take(count)).toBe(count);
    for (const [n, text] of texts.slice(0, count).entries()) {
      if (text === undefined) continue;
      const key = Buffer.alloc(Math.ceil((text.length + 1) / 4) * 4);
      key[0] = text.length * 2 + 1;
      key.write(text, 1);
      expect(words[(addressOf(n) + STAGED.hash) / 4]).toBe(sipHash(key, 0, key.length, secret));
    }
    table.keep(0);
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

test('a table of several sets grows while its keys stand in memory, and its slots grow when they do not', () => {
  const table = new KeyTable(3, { memoryBytes: MIB / 16 });
  const words = new Int32Array(table.memory.buffer, 0, HEAD.bytes / 4);
  const sets = [0, 1, 2].map((set) => table.seen(set));
  const keyOf = (i: number): Buffer => Buffer.from(`${i}-${'k'.repeat(i % 700 === 0 ? 300 : i % 5)}`);
  const isOf = (i: number, set: number): boolean => i % (set + 2) !== 0;
  const numbers = Array.from({ length: 6000 }, (_, i) => i);
  const tables = new Set<string>();
  for (const i of numbers) {
    const key = keyOf(i);
    for (const [set, seen] of sets.entries()) if (isOf(i, set)) seen.add(key, 0, key.length);
    tables.add(`${words[HEAD.capacity / 4]} of ${1 << (words[HEAD.slotBits / 4] ?? 0)} bytes`);
  }
  expect([...tables]).toEqual(['8192 of 4 bytes', '131072 of 4 bytes', '32768 of 8 bytes']);
  const wrong = numbers.filter((i) =>
    sets.some((seen, set) => seen.has(keyOf(i), 0, keyOf(i).length) !== isOf(i, set)),
  );
  expect([wrong, table.size]).toEqual([[], 11_500]);
  table.close();
});

test('keys that come in order need no table, until one does not', () => {
  const table = new KeyTable(1);
  const words = new Int32Array(table.memory.buffer, 0, HEAD.bytes / 4);
  const seen = table.seen(0);
  const keyOf = (i: number): Buffer => Buffer.from(`${Math.floor(i / 500)}T${(i % 500) * 170}.`);
  const count = 20_000;
  let taken = 0;
  for (let i = 0; i < count; i += 1) if (seen.add(keyOf(i), 0, keyOf(i).length)) taken += 1;
  expect([taken, table.size, words[HEAD.capacity / 4]]).toEqual([count, count, 8192]);
  expect(seen.has(keyOf(count), 0, keyOf(count).length)).toBe(false);
  expect(words[HEAD.capacity / 4]).toBe(8192);
  expect(seen.add(keyOf(7), 0, keyOf(7).length)).toBe(false);
  expect([table.size, words[HEAD.capacity / 4]]).toEqual([count, 131_072]);
  for (let i = 0; i <= count; i += 1) if (seen.has(keyOf(i), 0, keyOf(i).length)) taken += 1;
  expect(taken).toBe(count * 2);
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
