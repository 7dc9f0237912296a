import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { behindLength, bodyOf, ENCODED, packed, runs, type Stored, type Type } from './parquet-bodies.ts';
import { type ColumnParts, type PageParts, parquetFile, plain } from './parquet-file.ts';
import { parquetCsv } from './read-parquet.ts';

/** Of each physical type: values as they are stored, and as they read. */
const int96 = (nanoseconds: bigint, day: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeBigInt64LE(nanoseconds, 0);
  bytes.writeInt32LE(day, 8);
  return bytes;
};
const VALUES: Readonly<Record<Type, readonly (readonly [Stored, string])[]>> = {
  BOOLEAN: [
    [true, 'true'],
    [true, 'true'],
    [false, 'false'],
  ],
  INT32: [0, -1, 2_147_483_647, -2_147_483_648, 7].map((value) => [value, String(value)]),
  INT64: [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 7n].map((value) => [value, String(value)]),
  INT96: [
    [int96(0n, 2_461_376), '2026-12-01T00:00:00'],
    [int96(1n, 2_440_588), '1970-01-01T00:00:00.000000001'],
    [int96(86_399_000_000_000n, 2_440_587), '1969-12-31T23:59:59'],
  ],
  FLOAT: [0, -1.5, 16_777_216, 0.25].map((value) => [value, String(value)]),
  DOUBLE: [0, -1.5, 9_007_199_254_740_991, 0.1].map((value) => [value, String(value)]),
  BYTE_ARRAY: ['ab', '', '北京', '北海', 'abc', 'ab'].map((value) => [value, value]),
  FIXED_LEN_BYTE_ARRAY: ['abc', 'abd', 'xyz', 'xyz'].map((value) => [Buffer.from(value), value]),
};

const ROWS = 40;
const GZIP = 2;
type Encoding = keyof typeof ENCODED;
type Row = readonly [Stored, string] | undefined;

/** All that a page can be: of which version, with missing values (and levels in runs or packed) or without. */
const LAYOUTS = ([1, 2] as const).flatMap((version) =>
  (['required', 'optional, in runs', 'optional, packed'] as const).flatMap((levels) =>
    [0, GZIP].map((codec) => ({ version, levels, codec })),
  ),
);

function pageOf(type: Type, encoding: Encoding, rows: readonly Row[], layout: (typeof LAYOUTS)[number]): PageParts {
  const { version, levels, codec } = layout;
  const there = rows.flatMap((row) => (row ? [row] : []));
  const stored = there.map(([value]) => value);
  const body = encoding.endsWith('DICTIONARY') ? numbersOf(type, stored) : bodyOf(type, encoding, stored);
  const bits = rows.map((row) => (row ? 1 : 0));
  const hybrid =
    levels === 'required' ? Buffer.alloc(0) : levels === 'optional, packed' ? packed(bits, 1) : runs(bits, 1);
  const whole = version === 1 && hybrid.length > 0 ? Buffer.concat([behindLength(hybrid), body]) : body;
  return {
    rows: rows.length,
    encoding,
    version,
    body: codec === GZIP && whole.length > 0 ? gzipSync(whole) : whole,
    unpacked: whole.length,
    ...(version === 2 && { definition: hybrid, nulls: rows.length - there.length }),
  };
}

/** Numbers into the dictionary of a type's values, behind their width. */
function numbersOf(type: Type, stored: readonly Stored[]): Buffer {
  if (stored.length === 0) return Buffer.alloc(0);
  const numbers = stored.map((value) => VALUES[type].findIndex(([known]) => known === value));
  return Buffer.concat([Buffer.of(3), packed(numbers, 3)]);
}

function columnOf(type: Type, encoding: Encoding, name: string, layout: (typeof LAYOUTS)[number]) {
  const known = VALUES[type];
  const optional = layout.levels !== 'required';
  const rows = Array.from({ length: ROWS }, (_, i): Row =>
    optional && i % 3 === 1 ? undefined : known[i % known.length],
  );
  const none: Row[] = optional ? [undefined, undefined, undefined] : known.slice(0, 3);
  const dictionary: PageParts[] = encoding.endsWith('DICTIONARY') ? [dictionaryOf(type, layout.codec)] : [];
  const column: ColumnParts = {
    name,
    type,
    optional,
    codec: layout.codec,
    ...(type === 'FIXED_LEN_BYTE_ARRAY' && { length: 3 }),
    pages: [
      ...dictionary,
      pageOf(type, encoding, rows.slice(0, 17), layout),
      pageOf(type, encoding, none, layout),
      pageOf(type, encoding, rows.slice(17), layout),
    ],
  };
  return { column, texts: [...rows.slice(0, 17), ...none, ...rows.slice(17)].map((row) => row?.[1] ?? '') };
}

function dictionaryOf(type: Type, codec: number): PageParts {
  const known = VALUES[type].map(([value]) => value as Exclude<Stored, boolean>);
  const body = plain(type, known);
  return { rows: known.length, dictionary: true, body: codec === GZIP ? gzipSync(body) : body, unpacked: body.length };
}

test.each(
  Object.entries(ENCODED).flatMap(([encoding, types]) => types.map((type) => [encoding as Encoding, type] as const)),
)('%s of %s reads the same in every page that it can stand in', (encoding, type) => {
  const made = LAYOUTS.map((layout, i) => columnOf(type, encoding, `c${i}`, layout));
  const lines = parquetCsv(parquetFile(made.map(({ column }) => column))).split('\n');
  const columns = made.map((_, i) => lines.slice(1, -1).map((line) => line.split(',')[i]));
  expect(columns).toEqual(made.map(({ texts }) => texts));
});
