import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { formsByName } from '../../../functions/records/formats/forms-by-name.ts';
import { FileBytes } from '../../../functions/records/formats/parquet/file-bytes.ts';
import { parquetRecords } from '../../../functions/records/formats/parquet/records.ts';
import { ScratchFile } from '../../../functions/records/scratch/scratch-file.ts';
import { columns } from '../support.ts';
import { type ColumnParts, deltas, type PageParts, parquetFile, plain, varint } from './parquet-file.ts';

/** Small files with one odd trait each, as the suites of Parquet's readers have them. */
const DECIMAL = 5;
const SNAPPY = 1;
const GZIP = 2;
const int = (...bytes: number[]): Buffer => Buffer.from(bytes);
/** Levels of the first version stand behind their length. */
const levels = (bits: number, rows: number): Buffer => int(2, 0, 0, 0, (Math.ceil(rows / 8) << 1) | 1, bits);
const one = (column: Omit<ColumnParts, 'pages'>, ...pages: PageParts[]): Buffer => parquetFile([{ ...column, pages }]);
const values = (type: ColumnParts['type'], ...list: Parameters<typeof plain>[1]): PageParts => ({
  rows: list.length,
  body: plain(type, list),
});
/** Snappy without any matches: the length, then literals of up to 60 bytes. */
function snappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [int(...varint(bytes.length))];
  for (let at = 0; at < bytes.length; at += 60) {
    const piece = bytes.subarray(at, at + 60);
    parts.push(int((piece.length - 1) << 2), piece);
  }
  return Buffer.concat(parts);
}
const split = (bytes: Buffer, width: number): Buffer =>
  Buffer.from(
    Array.from(
      bytes,
      (_, i) => bytes[(i % (bytes.length / width)) * width + Math.floor(i / (bytes.length / width))] ?? 0,
    ),
  );
/** Without the thread, which takes longer than the file. */
function csvOf(content: Buffer): string {
  const file = new ScratchFile();
  try {
    file.append(content);
    let text = '';
    for (const chunk of parquetRecords(new FileBytes(file.descriptor, file.size), formsByName(columns('a', 'b'))))
      text += Buffer.from(chunk).toString();
    return text;
  } finally {
    file.close();
  }
}

const two = plain('BYTE_ARRAY', ['x', 'yy']);

describe('a file is read that has', () => {
  test.each<[trait: string, file: Buffer, rows: string[]]>([
    ['numbers without any annotation', one({ type: 'INT32' }, values('INT32', -1, 7)), ['-1', '7']],
    ['bytes without any annotation', one({ type: 'BYTE_ARRAY' }, values('BYTE_ARRAY', '北', '')), ['北', '']],
    [
      'bytes of one length without any annotation',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 2 },
        values('FIXED_LEN_BYTE_ARRAY', Buffer.from('ab'), Buffer.from('cd')),
      ),
      ['ab', 'cd'],
    ],
    [
      'decimals in 32 bits',
      one({ type: 'INT32', converted: DECIMAL, scale: 2 }, values('INT32', -5, 100)),
      ['-0.05', '1.00'],
    ],
    [
      'decimals in 64 bits',
      one({ type: 'INT64', converted: DECIMAL, scale: 3 }, values('INT64', -1n, 12_345n)),
      ['-0.001', '12.345'],
    ],
    [
      'decimals in as many bytes as each takes',
      one(
        { type: 'BYTE_ARRAY', converted: DECIMAL, scale: 2 },
        {
          rows: 3,
          body: Buffer.concat([int(1, 0, 0, 0, 0xff), int(2, 0, 0, 0, 0x04, 0xd2), int(3, 0, 0, 0, 0, 0, 7)]),
        },
      ),
      ['-0.01', '12.34', '0.07'],
    ],
    [
      'decimals in 13 bytes',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 13, converted: DECIMAL, scale: 2 },
        values(
          'FIXED_LEN_BYTE_ARRAY',
          Buffer.from(`${'00'.repeat(11)}04d2`, 'hex'),
          Buffer.from('ff'.repeat(13), 'hex'),
        ),
      ),
      ['12.34', '-0.01'],
    ],
    ['a logical type that is not known yet', one({ type: 'INT32', logical: { 99: {} } }, values('INT32', 5)), ['5']],
    ['a NaN alone', one({ type: 'DOUBLE' }, values('DOUBLE', Number.NaN)), ['NaN']],
    ['a null alone', one({ type: 'INT32', optional: true }, { rows: 1, body: levels(0, 1) }), ['']],
    [
      'pages of no rows between others',
      one({ type: 'INT32' }, values('INT32', 1), values('INT32'), values('INT32', 2)),
      ['1', '2'],
    ],
    [
      'nulls and values in one page',
      one({ type: 'BYTE_ARRAY', optional: true }, { rows: 3, body: Buffer.concat([levels(0b101, 3), two]) }),
      ['x', '', 'yy'],
    ],
    [
      'a page of the second version without any bytes, as all is null',
      one(
        { type: 'INT32', optional: true, codec: SNAPPY },
        { rows: 2, version: 2, nulls: 2, definition: int(4, 0), body: Buffer.alloc(0) },
      ),
      ['', ''],
    ],
    [
      'an empty page that was packed all the same',
      one(
        { type: 'INT32', optional: true, codec: SNAPPY },
        { rows: 2, version: 2, nulls: 2, definition: int(4, 0), body: int(0), unpacked: 0 },
      ),
      ['', ''],
    ],
    [
      'a page of the second version, packed',
      one({ type: 'BYTE_ARRAY', codec: SNAPPY }, { rows: 2, version: 2, body: snappy(two), unpacked: two.length }),
      ['x', 'yy'],
    ],
    [
      'a page of several gzip members',
      one(
        { type: 'BYTE_ARRAY', codec: GZIP },
        {
          rows: 2,
          body: Buffer.concat([gzipSync(two.subarray(0, 4)), gzipSync(two.subarray(4))]),
          unpacked: two.length,
        },
      ),
      ['x', 'yy'],
    ],
    [
      'a dictionary of one value, of which numbers need no bits',
      one(
        { type: 'BYTE_ARRAY' },
        { ...values('BYTE_ARRAY', 'x'), dictionary: true },
        { rows: 3, encoding: 'RLE_DICTIONARY', body: int(0, 6) },
      ),
      ['x', 'x', 'x'],
    ],
    [
      'a dictionary and plain pages behind it',
      one(
        { type: 'BYTE_ARRAY' },
        { ...values('BYTE_ARRAY', 'x', 'z'), dictionary: true },
        { rows: 2, encoding: 'PLAIN_DICTIONARY', body: int(1, 3, 0b10) },
        values('BYTE_ARRAY', 'y'),
      ),
      ['x', 'z', 'y'],
    ],
    [
      'truth values as bits',
      one({ type: 'BOOLEAN' }, { rows: 10, body: int(0b0101_0101, 0b11) }),
      ['true', 'false', 'true', 'false', 'true', 'false', 'true', 'false', 'true', 'true'],
    ],
    [
      'texts behind all of their lengths',
      one(
        { type: 'BYTE_ARRAY' },
        {
          rows: 2,
          encoding: 'DELTA_LENGTH_BYTE_ARRAY',
          body: Buffer.concat([deltas([1n, 2n], 8), Buffer.from('xyy')]),
        },
      ),
      ['x', 'yy'],
    ],
    [
      'texts that share beginnings',
      one(
        { type: 'BYTE_ARRAY' },
        {
          rows: 2,
          encoding: 'DELTA_BYTE_ARRAY',
          body: Buffer.concat([deltas([0n, 2n], 8), deltas([3n, 1n], 8), Buffer.from('axxb')]),
        },
      ),
      ['axx', 'axb'],
    ],
    [
      'bytes of one length that share beginnings',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 2 },
        {
          rows: 2,
          encoding: 'DELTA_BYTE_ARRAY',
          body: Buffer.concat([deltas([0n, 1n], 8), deltas([2n, 1n], 8), Buffer.from('axb')]),
        },
      ),
      ['ax', 'ab'],
    ],
    [
      'doubles by their bytes',
      one(
        { type: 'DOUBLE' },
        { rows: 2, encoding: 'BYTE_STREAM_SPLIT', body: split(plain('DOUBLE', [1.5, -2.25]), 8) },
      ),
      ['1.5', '-2.25'],
    ],
    [
      'numbers of 32 bits by their bytes',
      one({ type: 'INT32' }, { rows: 2, encoding: 'BYTE_STREAM_SPLIT', body: split(plain('INT32', [1, -70_000]), 4) }),
      ['1', '-70000'],
    ],
    [
      'decimals by their bytes',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 3, converted: DECIMAL, scale: 2 },
        { rows: 2, encoding: 'BYTE_STREAM_SPLIT', body: split(int(0, 4, 0xd2, 0xff, 0xff, 0xff), 3) },
      ),
      ['12.34', '-0.01'],
    ],
    [
      'half numbers by their bytes',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 2, logical: { 15: {} } },
        { rows: 2, encoding: 'BYTE_STREAM_SPLIT', body: split(int(0, 0x3c, 0, 0xc0), 2) },
      ),
      ['1', '-2'],
    ],
    [
      'a time of the day in milliseconds',
      one({ type: 'INT32', converted: 7 }, values('INT32', 8_250)),
      ['00:00:08.25'],
    ],
    [
      'a moment in no zone',
      one({ type: 'INT64', logical: { 8: { 1: false, 2: { 1: {} } } } }, values('INT64', 1n)),
      ['1970-01-01T00:00:00.001'],
    ],
  ])('%s', (_, file, rows) => {
    expect(csvOf(file)).toBe(`a\n${rows.map((row) => `${row}\n`).join('')}`);
  });

  test('differences of every width', () => {
    const widths = Array.from({ length: 65 }, (_, width) => width);
    const listOf = (width: number): bigint[] =>
      Array.from({ length: 100 }, (_, i) =>
        width === 0 ? 3n : BigInt.asIntN(64, 2n ** BigInt(width - 1) * BigInt(i % 2)),
      );
    const file = parquetFile(
      widths.map((width) => ({
        name: `w${width}`,
        type: 'INT64',
        pages: [
          {
            rows: 100,
            encoding: 'DELTA_BINARY_PACKED',
            body: deltas(listOf(width), width === 0 ? 0 : Math.min(64, width + 1)),
          },
        ],
      })),
    );
    const lists = widths.map(listOf);
    const rows = Array.from({ length: 100 }, (_, i) => `${lists.map((list) => list[i]).join()}\n`);
    expect(csvOf(file)).toBe(`${widths.map((width) => `w${width}`).join()}\n${rows.join('')}`);
  });
});

describe('a file is refused that has', () => {
  test.each<[trait: string, file: Buffer]>([
    [
      'a number beyond its dictionary',
      one(
        { type: 'BYTE_ARRAY' },
        { ...values('BYTE_ARRAY', 'x'), dictionary: true },
        { rows: 2, encoding: 'RLE_DICTIONARY', body: int(2, 4, 3) },
      ),
    ],
    [
      'numbers of a dictionary that is not there',
      one({ type: 'BYTE_ARRAY' }, { rows: 2, encoding: 'RLE_DICTIONARY', body: int(1, 4, 0) }),
    ],
    ['a page cut short', one({ type: 'INT64' }, { rows: 3, body: plain('INT64', [1n, 2n]) })],
    ['a text cut short', one({ type: 'BYTE_ARRAY' }, { rows: 1, body: int(9, 0, 0, 0, 0x78) })],
    [
      'a column with fewer rows than another',
      parquetFile([
        { name: 'a', type: 'INT32', pages: [values('INT32', 1, 2)] },
        { name: 'b', type: 'INT32', pages: [values('INT32', 1)] },
      ]),
    ],
    [
      'a run without end',
      one(
        { type: 'BYTE_ARRAY' },
        { ...values('BYTE_ARRAY', 'x'), dictionary: true },
        { rows: 2, encoding: 'RLE_DICTIONARY', body: int(1) },
      ),
    ],
    [
      'as many nulls as it does not say',
      one(
        { type: 'INT32', optional: true },
        { rows: 2, version: 2, nulls: 1, definition: int(4, 0), body: Buffer.alloc(0) },
      ),
    ],
    [
      'pages packed by something else',
      one({ type: 'BYTE_ARRAY', codec: GZIP }, { rows: 2, body: deflateRawSync(two), unpacked: two.length }),
    ],
    [
      'pages that unpack to less than they say',
      one({ type: 'BYTE_ARRAY', codec: GZIP }, { rows: 2, body: gzipSync(two), unpacked: two.length + 1 }),
    ],
    [
      'levels longer than their page',
      one({ type: 'INT32', optional: true }, { rows: 1, body: int(200, 0, 0, 0, 3, 1) }),
    ],
  ])('%s', (_, file) => {
    expect(() => csvOf(file)).toThrow();
  });
});
