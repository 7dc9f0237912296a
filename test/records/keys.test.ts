import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KeyArena } from '../../functions/records/check/key-arena.ts';
import { KeySet } from '../../functions/records/check/key-set.ts';
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
class Colliding extends KeySet {
  override hash(bytes: Uint8Array, start: number, end: number): number {
    return Math.imul(super.hash(bytes, start, end) >>> 28, 0x11111111);
  }
}

const MIB = 1024 * 1024;
const keySets: readonly [title: string, make: () => KeySet][] = [
  ['in memory', () => new KeySet([1, 2], new KeyArena())],
  ['on disk', () => new KeySet([1, 2], new KeyArena({ memoryBytes: 0 }))],
  ['in memory, hashes collide', () => new Colliding([1, 2], new KeyArena())],
  ['on disk, hashes collide', () => new Colliding([1, 2], new KeyArena({ memoryBytes: 0 }))],
];

describe.each(keySets)('a key set %s', (_, make) => {
  test('is exact', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 400, size: 'max' }), (texts) => {
        const keys = make();
        const model = new Set<string>();
        for (const text of texts) {
          const bytes = Buffer.from(`,${text},`);
          const answers = [keys.has(bytes, 1, bytes.length - 1), keys.add(bytes, 1, bytes.length - 1)];
          expect(answers).toEqual([model.has(text), !model.has(text)]);
          model.add(text);
        }
        expect(keys.size).toBe(model.size);
        keys.close();
      }),
      { numRuns: 20 },
    );
  });

  test('knows keys of every length, over the edges of its pages', () => {
    const keys = make();
    const lengths = [0, 1, 127, 128, 255, 256, 16_384, MIB - 3, MIB - 2, MIB - 1, MIB, MIB + 1, 3 * MIB];
    const texts = lengths.map((length) => Buffer.alloc(length, 'k'));
    for (const text of texts) expect(keys.add(text, 0, text.length)).toBe(true);
    for (const text of texts) {
      expect(keys.has(text, 0, text.length)).toBe(true);
      expect(text.length > 0 && keys.has(text, 0, text.length - 1)).toBe(
        [1, 128, 256, MIB - 2, MIB - 1, MIB, MIB + 1].includes(text.length),
      );
    }
    keys.close();
  });
});

test.each<[title: string, keys: KeySet, count: number]>([
  ['whose hashes differ', new KeySet([7, 9], new KeyArena({ memoryBytes: 2 * MIB })), 100_000],
  ['whose hashes collide', new Colliding([7, 9], new KeyArena({ memoryBytes: MIB })), 8000],
])('a key set grows over blocks and pages of keys %s', (_, keys, count) => {
  const key = Buffer.alloc(60);
  const numbered = (i: number): Buffer => {
    key.writeUInt32LE(i, 0);
    return key;
  };
  for (let i = 0; i < count; i += 1) keys.add(numbered(i), 0, key.length);
  let found = 0;
  for (let i = 0; i < count; i += 1) if (keys.has(numbered(i), 0, key.length)) found += 1;
  for (let i = count; i < count + 1000; i += 1) if (keys.has(numbered(i), 0, key.length)) found += 1;
  expect([keys.size, found]).toEqual([count, count]);
  keys.close();
});

test('sets that share an arena do not see the keys of one another', () => {
  const arena = new KeyArena({ memoryBytes: 0 });
  const [one, other] = [new KeySet([1, 2], arena), new KeySet([1, 2], arena)];
  const key = Buffer.from('110102');
  expect([one.add(key, 0, 6), other.has(key, 0, 6), other.add(key, 0, 6), one.add(key, 0, 6)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  other.close();
  one.close();
});

test('many long keys stay on disk', () => {
  const keys = new KeySet([1, 2], new KeyArena({ memoryBytes: 0 }));
  const key = Buffer.alloc(MIB, 'k');
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 100; i += 1) {
    key.writeUInt32LE(i, MIB - 4);
    keys.add(key, 0, MIB);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * MIB);
  keys.close();
});

test('more keys than one check compares refuse the file', () => {
  const arena = new KeyArena({ keys: 3 });
  const sets = [new KeySet([1, 2], arena), new KeySet([3, 4], arena)];
  const key = Buffer.from('ab');
  for (const keys of sets) keys.add(key, 0, 1);
  expect(sets[0]?.add(key, 0, 1)).toBe(false);
  expect(sets[0]?.add(key, 1, 2)).toBe(true);
  expect(() => sets[1]?.add(key, 1, 2)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: 'too-large' }) }),
  );
});
