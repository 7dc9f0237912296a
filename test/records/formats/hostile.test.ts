import { describe, expect, test } from '@jest/globals';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { formsByName } from '../../../functions/records/formats/forms-by-name.ts';
import { Inflation } from '../../../functions/records/formats/inflation.ts';
import { Budget } from '../../../functions/records/formats/parquet/budget.ts';
import { deltaByteArrays } from '../../../functions/records/formats/parquet/byte-arrays.ts';
import { FileBytes } from '../../../functions/records/formats/parquet/file-bytes.ts';
import { readHybrid } from '../../../functions/records/formats/parquet/hybrid.ts';
import { parquetRecords } from '../../../functions/records/formats/parquet/records.ts';
import { ScratchFile } from '../../../functions/records/scratch/scratch-file.ts';
import { aSchema, columns } from '../support.ts';
import { checkFile, refusalOf, textRow, workbookOf, workbookParts, zipOf } from './support.ts';

/** Mulberry32: the same files in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Bytes changed, cut out, doubled or put in, at some places; `snippets` are what the format is sensitive to. */
function mutated(content: Buffer, below: (below: number) => number, snippets: readonly Buffer[]): Buffer {
  let bytes = Buffer.from(content);
  for (let i = 1 + below(4); i > 0; i -= 1) {
    const at = below(bytes.length + 1);
    const length = below(16);
    const before = bytes.subarray(0, at);
    const after = bytes.subarray(at);
    const snippet = snippets[below(snippets.length)] ?? Buffer.alloc(0);
    const noise = Buffer.from(Array.from({ length: 1 + below(4) }, () => below(256)));
    bytes =
      [
        () => Buffer.concat([before, noise, after.subarray(noise.length)]),
        () => Buffer.concat([before, after.subarray(length)]),
        () => Buffer.concat([before, after.subarray(0, length), after]),
        () => Buffer.concat([before, snippet, after]),
        () => Buffer.concat([before, snippet, after.subarray(snippet.length)]),
      ][below(5)]?.() ?? bytes;
  }
  return bytes;
}

const schema = aSchema({
  fields: [
    { name: 'a', type: 'integer' },
    { name: 'b', type: 'string' },
    { name: 'c', type: 'any' },
    { name: 'd', type: 'date' },
  ],
});

/** Every outcome is a verdict: nothing is thrown, and the counts add up. */
async function expectVerdict(content: Buffer, format: 'ndjson' | 'xlsx' | 'parquet' | 'auto'): Promise<string> {
  const { result } = await checkFile(schema, content, { format });
  if (result.verdict === 'refused') return result.refusal.code;
  expect(result.rows.read).toBe(result.rows.accepted + result.rows.rejected);
  return 'checked';
}

const ndjson = Buffer.from(
  [
    '{"a":1,"b":"x,\\"\\u00e9","c":{"k":[1,{"l":null}]},"d":"2026-12-01"}',
    '{"b":null,"c":[true,false]}',
    '{"a":-1.5e3}',
    '',
  ].join('\n'),
);
const workbook = workbookParts(
  `${textRow(1, 'a', 'b', 'c', 'd')}<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>0</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" s="1"><v>46357</v></c></row><row r="5"><c t="e"><v>#N/A</v></c><c t="inlineStr"><is><r><t>x &amp; y</t></r></is></c></row>`,
  { strings: '<si><t xml:space="preserve">shared</t></si>', formats: ['yyyy-mm-dd'] },
);
const columnData: ColumnSource[] = [
  {
    name: 'a',
    type: 'INT64',
    data: Array.from({ length: 60 }, (_, i) => (i % 7 === 0 ? null : BigInt(i))),
    encoding: 'DELTA_BINARY_PACKED',
  },
  { name: 'b', type: 'STRING', data: Array.from({ length: 60 }, (_, i) => `value ${i % 5}`) },
  {
    name: 'c',
    type: 'STRING',
    data: Array.from({ length: 60 }, (_, i) => `prefix ${i}`),
    encoding: 'DELTA_BYTE_ARRAY',
  },
  { name: 'd', type: 'TIMESTAMP', data: Array.from({ length: 60 }, (_, i) => new Date(i * 86_400_000)) },
];
const parquet = Buffer.from(parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', rowGroupSize: 40 }));
const packedParquet = Buffer.from(parquetWriteBuffer({ columnData }));

describe('a broken file has a verdict', () => {
  test('NDJSON: each line is one record of the count', async () => {
    const below = random(1);
    const snippets = ['"', '\\', '{', '}', '[', '\n', '\r', ',', ':', '\\ud800', 'null', '1e', '\u0000'].map((text) =>
      Buffer.from(text),
    );
    for (let run = 0; run < 120; run += 1) {
      const content = mutated(ndjson, below, snippets);
      const { result } = await checkFile(schema, content, { format: 'ndjson' });
      const lines = content
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, '')
        .replace(/[ \t\r\n]*$/, '')
        .split('\n').length;
      if (result.verdict === 'checked') expect(result.rows.read).toBe(lines);
    }
  });

  test('XLSX: bytes of the archive', async () => {
    const below = random(2);
    const file = zipOf(workbook);
    const snippets = ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', '\xff\xff\xff\xff', '\x00\x00'].map((text) =>
      Buffer.from(text, 'latin1'),
    );
    const seen = new Set<string>();
    for (let run = 0; run < 120; run += 1) seen.add(await expectVerdict(mutated(file, below, snippets), 'xlsx'));
    expect([...seen]).toEqual(expect.arrayContaining(['checked', 'unreadable']));
  });

  test('XLSX: texts of the parts', async () => {
    const below = random(3);
    const snippets = [
      '<',
      '>',
      '&',
      '"',
      '/',
      '<!',
      '<?',
      '<![CDATA[',
      ']]>',
      '<row>',
      '</c>',
      '<c r="ZZ9">',
      'r="-1"',
      '&#x0;',
      '<t>',
      '\xff',
    ].map((text) => Buffer.from(text, 'latin1'));
    const seen = new Set<string>();
    for (let run = 0; run < 120; run += 1) {
      const broken = below(workbook.length - 1) + 1;
      const parts = workbook.map((part, i) =>
        i === broken ? { ...part, content: mutated(Buffer.from(part.content), below, snippets) } : part,
      );
      seen.add(await expectVerdict(zipOf(parts), 'xlsx'));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['checked', 'unreadable']));
  });

  /** Without the thread, which would hide what a decoder does. */
  function parquetOutcome(content: Buffer): string {
    const file = new ScratchFile();
    try {
      file.append(content);
      let bytes = 0;
      for (const chunk of parquetRecords(new FileBytes(file.descriptor, file.size), formsByName(schema)))
        bytes += chunk.length;
      return bytes > 0 ? 'read' : 'nothing';
    } catch (error) {
      return error instanceof Error ? error.constructor.name : 'thrown';
    } finally {
      file.close();
    }
  }

  test.each([
    ['plain', parquet],
    ['packed', packedParquet],
  ])('Parquet, %s: every byte, and runs of them', (_, file) => {
    const below = random(4);
    const seen = new Set<string>();
    for (let at = 0; at < file.length; at += 1) {
      const content = Buffer.from(file);
      content[at] = [0xff, 0x7f, 0x80, 0x00][at % 4] ?? 0;
      seen.add(parquetOutcome(content));
    }
    const snippets = [
      Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f),
      Buffer.of(0x80, 0x80, 0x80, 0x80, 0x08),
      Buffer.alloc(8),
      Buffer.from('PAR1'),
    ];
    for (let run = 0; run < 250; run += 1) seen.add(parquetOutcome(mutated(file, below, snippets)));
    expect([...seen]).toEqual(expect.arrayContaining(['read', 'RefusedFile']));
  });

  test('Parquet: through the thread', async () => {
    const below = random(5);
    for (let run = 0; run < 6; run += 1)
      expect(['checked', 'unreadable', 'header', 'too-large', 'empty']).toContain(
        await expectVerdict(mutated(parquet, below, [Buffer.alloc(4, 0xff)]), 'parquet'),
      );
  });

  test('noise', async () => {
    const below = random(6);
    for (let run = 0; run < 100; run += 1) {
      const noise = Buffer.from(Array.from({ length: below(300) }, () => below(256)));
      const head = [Buffer.from('PK\x03\x04'), Buffer.from('{'), Buffer.alloc(0)][run % 3] ?? noise;
      await expectVerdict(Buffer.concat([head, noise]), 'auto');
    }
  });
});

describe('a bomb', () => {
  const bomb = (declared: object) =>
    zipOf(workbook.map((part, i) => (i === workbook.length - 1 ? { ...part, declared } : part)));

  test('that declares what it inflates to is refused before it does', async () => {
    expect(await refusalOf(schema, bomb({ unpacked: 2 ** 32 - 2 }))).toBe(
      'too-large: the file inflates to more than 1 GiB; send it in parts, or as CSV',
    );
  });

  test('that declares less than it inflates to is damaged', async () => {
    const rows = '<row/>'.repeat(1_000_000);
    const parts = workbookParts(rows).map((part) =>
      part.name.endsWith('sheet1.xml') ? { ...part, declared: { unpacked: 1000 } } : part,
    );
    expect(await refusalOf(schema, zipOf(parts))).toMatch(/^unreadable: .*not what its directory says/);
  });

  test('of many parts is refused by their number', async () => {
    const parts = Array.from({ length: 20_001 }, (_, i) => ({ name: `xl/${i}`, content: '', method: 0 }));
    expect(await refusalOf(schema, zipOf(parts))).toMatch(/^too-large: /);
  });

  test('of strings that are never used stays on the disk', async () => {
    const strings = `<si><t>${'x'.repeat(1024 * 1024)}</t></si>`.repeat(64);
    const file = workbookOf(textRow(1, 'b') + textRow(2, 'y'), { strings });
    expect(await checkFile(columns('b'), file)).toMatchObject({ accepted: 'b\ny\n' });
  });

  test.each([
    [10, 2 ** 30],
    [2 ** 25, 100 * 2 ** 25],
    [2 ** 40, 20 * 2 ** 30],
  ])('of %i bytes may inflate to %i', (size, limit) => {
    const inflation = new Inflation(size);
    inflation.add(limit);
    expect(() => inflation.add(1)).toThrow('too-large');
    expect(() => new Inflation(size).add(Number.NaN)).toThrow('too-large');
  });
});

test('pages of all columns share a budget, which they give back', () => {
  const budget = new Budget();
  const most = 384 * 1024 * 1024;
  budget.replace(0, most);
  budget.replace(most, 1);
  budget.replace(0, most - 1);
  expect(() => budget.replace(0, 1)).toThrow('too-large');
});

describe('a run of integers', () => {
  test.each<[string, number[], number, number, number[] | undefined]>([
    ['of one value', [0x06, 0x05], 3, 3, [5, 5, 5]],
    ['that says it is longer than the page', [0xfe, 0xff, 0xff, 0xff, 0x0f, 0x01], 1, 4, [1, 1, 1, 1]],
    ['of bits', [0x03, 0b1000_1000, 0b1100_0110, 0b1111_1010], 3, 8, [0, 1, 2, 3, 4, 5, 6, 7]],
    ['of bits that end with the page', [0x03, 0b0000_0101], 1, 3, [1, 0, 1]],
    ['of no width', [0x10], 0, 8, [0, 0, 0, 0, 0, 0, 0, 0]],
    ['of nothing', [0x00], 1, 1, undefined],
    ['that ends before it begins', [], 1, 1, undefined],
    ['without its value', [0x06], 8, 3, undefined],
    ['without its bits', [0x05, 0xff], 8, 16, undefined],
    ['whose length never ends', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80], 1, 1, undefined],
    ['wider than any', [0x06, 1, 1, 1, 1, 1], 33, 1, undefined],
  ])('%s', (_, bytes, width, count, expected) => {
    const read = (): number[] => [...readHybrid(Uint8Array.from(bytes), width, count)];
    if (expected) expect(read()).toEqual(expected);
    else expect(read).toThrow('unreadable');
  });
});

test.each<[string, number[], RegExp]>([
  ['a beginning longer than what was before', [9, 0], /^unreadable/],
  [
    'doubled again and again',
    Array.from({ length: 40 }, (_, i) => (i === 0 ? 0 : 2 ** Math.min(i - 1, 24))),
    /^(?:unreadable|too-large)/,
  ],
])('texts that share beginnings are bounded: %s', (_, prefixes, expected) => {
  const file = Buffer.concat([delta(prefixes), delta(prefixes.map((prefix, i) => (i === 0 ? 1 : prefix)))]);
  const content = Buffer.concat([file, Buffer.alloc(1024, 'x')]);
  expect(() => deltaByteArrays(content, prefixes.length, 10_000)).toThrow(expected);
});

/** DELTA_BINARY_PACKED with blocks of 128 in four miniblocks of 32 bits. */
function delta(values: readonly number[]): Buffer {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
  const zigzag = (value: number): number[] => varint(value < 0 ? -value * 2 - 1 : value * 2);
  const body = Buffer.alloc(128 * 4);
  const least = Math.min(0, ...values.slice(1).map((value, i) => value - (values[i] ?? 0)));
  values.slice(1).forEach((value, i) => body.writeUInt32LE(value - (values[i] ?? 0) - least, i * 4));
  const used = Math.ceil(Math.max(0, values.length - 1) / 32);
  return Buffer.concat([
    Buffer.from([
      ...varint(128),
      4,
      ...varint(values.length),
      ...zigzag(values[0] ?? 0),
      ...zigzag(least),
      32,
      32,
      32,
      32,
    ]),
    body.subarray(0, used * 32 * 4),
  ]);
}
