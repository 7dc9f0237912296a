import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { eachName } from '../../functions/records/attachments/names-in.ts';
import { DigestSet } from '../../functions/records/scratch/digest-set.ts';
import { searched } from '../support/long.ts';

const digest = (of: number | string): string => createHash('sha256').update(String(of)).digest('hex').slice(0, 32);

test('a set of digests has what was added, however often, and nothing else', () => {
  const count = searched(30_000, 1_000_000);
  const set = new DigestSet();
  try {
    for (let i = 0; i < count; i += 1) set.add(digest(i % (count - 10)));
    for (let i = 0; i < count - 10; i += 7) expect(set.has(digest(i))).toBe(true);
    for (let i = count; i < count + 3_000; i += 1) expect(set.has(digest(i))).toBe(false);
    for (const byte of ['00', '7f', 'ff']) expect(set.has(byte.repeat(16))).toBe(false);
  } finally {
    set.close();
  }
});

test('an empty one has nothing', () => {
  const set = new DigestSet();
  expect(set.has(digest(1))).toBe(false);
  expect(() => set.add(digest(1))).toThrow('too late');
  set.close();
});

test.each([
  ['as they stand, without missing ones', 'code,photo\n1,a\n2,\n3,"b ""x"", c"\n4,-\n5,a\n', ['a', 'b "x", c', 'a']],
  ['of no records', 'code,photo\n', []],
])('names of a dataset are read %s', async (_, csv, names) => {
  const schema = {
    missingValues: ['', '-'],
    fields: [
      { name: 'code', type: 'string' },
      { name: 'photo', type: 'string', reference: 'attachment' },
    ],
  } as never;
  const found: string[] = [];
  await eachName(one(csv), { schema, columns: ['code', 'photo'] }, (name) => found.push(name));
  expect(found).toEqual(names);
});

test('a dataset without the column names none', async () => {
  const schema = {
    missingValues: [''],
    fields: [
      { name: 'code', type: 'string' },
      { name: 'photo', type: 'string', reference: 'attachment' },
    ],
  } as never;
  await eachName(one('code\n1\n'), { schema, columns: ['code'] }, () => expect(true).toBe(false));
});

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
