import { describe, expect, test } from '@jest/globals';
import { readAttachments } from '../../../functions/records/attachments/attachments.ts';
import { RefusedFile } from '../../../functions/records/formats/refused-file.ts';
import { ScratchFile } from '../../../functions/records/scratch/scratch-file.ts';
import type { Field } from '../../../schemas/contracts/definition.ts';
import type { Encoding } from '../../../schemas/contracts/uploads.ts';
import { zipOf, type ZipPart } from '../formats/support.ts';
import { jpeg, png, webp } from './pictures.ts';

const photo = jpeg();

interface Reading {
  readonly attachment?: Field['attachment'];
  readonly encoding?: Encoding;
  readonly name?: string;
}

/** By name what became of it, in order: its type, or the rule that it breaks. */
async function read(bytes: Buffer, { attachment, encoding = 'utf-8', name }: Reading = {}) {
  const file = new ScratchFile();
  try {
    file.append(bytes);
    const found: (readonly [number, string, string])[] = [];
    for await (const one of readAttachments(file, { field: { attachment }, encoding, name }))
      found.push([one.place, one.name, 'rule' in one ? one.rule : (one.picture?.type ?? 'taken away')]);
    return found;
  } finally {
    file.close();
  }
}

const refusal = async (bytes: Buffer, reading?: Reading): Promise<string> => {
  try {
    await read(bytes, reading);
  } catch (error) {
    if (error instanceof RefusedFile) return error.refusal.code;
    throw error;
  }
  return 'taken';
};

const named = (...names: readonly string[]): ZipPart[] => names.map((name) => ({ name, content: photo, flags: 0x800 }));

test('pictures of an archive are taken by their names, whatever these say of the type', async () => {
  const parts = [
    { name: 'a.jpg', content: photo },
    { name: 'b.jpg', content: png() },
    { name: '三', content: webp(), flags: 0x800 },
    { name: 'folder/', content: '' },
    { name: 'stored', content: photo, method: 0 },
  ];
  expect(await read(zipOf(parts))).toEqual([
    [1, 'a.jpg', 'jpeg'],
    [2, 'b.jpg', 'png'],
    [3, '三', 'webp'],
    [4, 'stored', 'jpeg'],
  ]);
});

test('names that an old program wrote in GB18030 are read as announced', async () => {
  const bytes = zipOf([{ name: '????', content: photo }]);
  const gbk = Buffer.from('d5c5c8fd', 'hex');
  for (let at = bytes.indexOf('????'); at >= 0; at = bytes.indexOf('????')) gbk.copy(bytes, at);
  expect(await read(bytes, { encoding: 'gb18030' })).toEqual([[1, '张三', 'jpeg']]);
  expect(await read(bytes)).toEqual([[1, '', 'attachment-name']]);
});

describe('a name', () => {
  test.each([
    '../a.jpg',
    '..',
    '.',
    '/etc/passwd',
    'folder/a.jpg',
    'C:\\a.jpg',
    '..\\a.jpg',
    'a\0.jpg',
    'a\n.jpg',
    'a\u001b[31m.jpg',
    'a\u202egpj.exe',
    'a\u200b.jpg',
    '\ufeffa.jpg',
    'a\u2028.jpg',
    'x'.repeat(201),
  ])('%j is no attachment’s', async (name) => {
    expect((await read(zipOf(named('good', name)))).map(([, , became]) => became)).toEqual(['jpeg', 'attachment-name']);
  });
  test('that only looks like another is another', async () => {
    const found = await read(zipOf(named('a.jpg', '\u0430.jpg', 'A.jpg', 'a.jpg ')));
    expect(found.map(([, , became]) => became)).toEqual(['jpeg', 'jpeg', 'jpeg', 'jpeg']);
  });
  test('that stands twice belongs to the first, however its letters are composed', async () => {
    expect(await read(zipOf(named('é', 'e\u0301', 'b', 'b')))).toEqual([
      [1, 'é', 'jpeg'],
      [2, 'é', 'unique'],
      [3, 'b', 'jpeg'],
      [4, 'b', 'unique'],
    ]);
  });
});

test('what is no picture, is damaged, or is not what the resource takes is rejected by itself', async () => {
  const parts = [
    { name: 'page', content: '<html><script>alert(1)</script></html>' },
    { name: 'program', content: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)]) },
    { name: 'archive', content: zipOf(named('within')) },
    { name: 'nothing', content: '' },
    { name: 'half', content: photo.subarray(0, -2) },
    { name: 'large', content: Buffer.alloc(3 * 1024 ** 2) },
    { name: 'small', content: png() },
    { name: 'good', content: photo },
  ];
  const rules = async (attachment?: Field['attachment']) =>
    (await read(zipOf(parts), { attachment })).map(([, name, became]) => `${name} ${became}`);
  const [type, picture, size] = ['attachment-type', 'attachment-picture', 'attachment-size'];
  const others = [`page ${type}`, `program ${type}`, `archive ${type}`, 'nothing taken away', `half ${picture}`];
  expect(await rules()).toEqual([...others, `large ${size}`, 'small png', 'good jpeg']);
  expect(await rules({ types: ['jpeg'], maxBytes: 4 * 1024 ** 2 })).toEqual([
    ...others,
    `large ${type}`,
    `small ${type}`,
    'good jpeg',
  ]);
  expect(await rules({ types: ['jpeg', 'png'], maxBytes: png().length })).toContain(`good ${size}`);
});

describe('an archive as a whole', () => {
  /** With the offset of its second entry in the directory changed. */
  const movedSecond = (bytes: Buffer, offset: number): Buffer => {
    const first = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    bytes.writeUInt32LE(offset, bytes.indexOf('PK\x01\x02', first + 4, 'latin1') + 42);
    return bytes;
  };
  const two = () => zipOf(named('one', 'two'));
  const bomb = zipOf([{ name: 'bomb', content: Buffer.alloc(9 * 1024 ** 2) }]);
  const cases: readonly (readonly [string, string, Buffer])[] = [
    ['that is empty', 'empty', zipOf([])],
    ['of folders alone', 'empty', zipOf([{ name: 'folder/', content: '' }])],
    ['with two entries of the same bytes', 'unreadable', movedSecond(two(), 0)],
    ['with one entry within another', 'unreadable', movedSecond(two(), 40)],
    ['with an entry behind its end', 'unreadable', movedSecond(two(), 1_000_000)],
    ['with an entry that is encrypted', 'unreadable', zipOf([{ name: 'a', content: photo, flags: 1 }])],
    ['with strong encryption', 'unreadable', zipOf([{ name: 'a', content: photo, flags: 0x41 }])],
    ['packed in another way', 'unreadable', zipOf([{ name: 'a', content: photo, method: 12 }])],
    ['whose directory is cut off', 'unreadable', two().subarray(0, -10)],
    ['that is cut off at its front', 'unknown-format', two().subarray(20)],
    ['with a checksum of another', 'unreadable', zipOf([{ name: 'a', content: photo, declared: { checksum: 1 } }])],
    [
      'that says less than it unpacks to',
      'unreadable',
      zipOf([{ name: 'a', content: photo, declared: { unpacked: 5 } }]),
    ],
    ['that says more than there is', 'unreadable', zipOf([{ name: 'a', content: photo, declared: { packed: 9_999 } }])],
    [
      'of which two programs read two names',
      'unreadable',
      ((bytes) => (bytes.write('evil', bytes.indexOf('good')), bytes))(zipOf(named('good'))),
    ],
    ['of more entries than are taken', 'too-large', zipOf(named(...Array.from({ length: 20_001 }, (_, i) => `n${i}`)))],
  ];
  test.each(cases)('%s is refused: %s', async (_, code, bytes) => {
    expect(await refusal(bytes)).toBe(code);
  });
  test('that would unpack a thousandfold is not unpacked where its entries say so', async () => {
    expect(bomb.length).toBeLessThan(20_000);
    expect(await read(bomb)).toEqual([[1, 'bomb', 'attachment-size']]);
  });
});

describe('one attachment by itself', () => {
  test('has the name that was announced', async () => {
    expect(await read(photo, { name: '张三.jpg' })).toEqual([[1, '张三.jpg', 'jpeg']]);
    expect(await read(Buffer.from('%PDF-1.7'), { name: 'a' })).toEqual([[1, 'a', 'attachment-type']]);
    expect(await read(photo, { name: '../a' })).toEqual([[1, '../a', 'attachment-name']]);
    expect(await read(Buffer.alloc(3 * 1024 ** 2), { name: 'a' })).toEqual([[1, 'a', 'attachment-size']]);
  });
  test('without a name, and an archive with one, are refused', async () => {
    expect(await refusal(photo)).toBe('unknown-format');
    expect(await refusal(zipOf(named('a')), { name: 'a' })).toBe('unknown-format');
    expect(await refusal(Buffer.from('org_code,name\n1,a\n'))).toBe('unknown-format');
  });
  test('that is an archive, too, is the picture alone', async () => {
    expect(await read(Buffer.concat([photo, zipOf(named('within'))]), { name: 'a' })).toEqual([[1, 'a', 'jpeg']]);
  });
});
