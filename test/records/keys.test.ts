import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
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

test('a key set is exact, whatever collides', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 3000 }), (texts) => {
      const keys = new KeySet([0, 0]);
      const model = new Set<string>();
      for (const text of texts) {
        const bytes = Buffer.from(text);
        expect(keys.has(bytes, 0, bytes.length)).toBe(model.has(text));
        if (!model.has(text)) keys.add(bytes, 0, bytes.length);
        model.add(text);
      }
      expect(keys.size).toBe(model.size);
    }),
    { numRuns: 30 },
  );
});

test('a key set grows over many pages', () => {
  const keys = new KeySet([7, 9]);
  const key = Buffer.alloc(600);
  for (let i = 0; i < 10_000; i += 1) {
    key.writeUInt32LE(i, 0);
    keys.add(key, 0, key.length);
  }
  let found = 0;
  for (let i = 0; i < 20_000; i += 1) {
    key.writeUInt32LE(i, 0);
    if (keys.has(key, 0, key.length)) found += 1;
  }
  expect(found).toBe(10_000);
});
