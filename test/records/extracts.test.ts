import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { DeliveryTerms, Mask } from '../../schemas/contracts/terms.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../schemas/contracts/messages.ts';
import { type ByteSink, canonicalSpec, compatible, extractSpec, writeExtracts } from '../../functions/records/index.ts';
import { aSchema, Collected, inChunks } from './support.ts';

const aSpec = (spec: Partial<ExtractSpec>): ExtractSpec => ({
  fields: ['a'],
  filter: [],
  mask: {},
  format: 'csv',
  ...spec,
});

async function extracted(
  schema: TableSchema,
  content: string,
  spec: Partial<ExtractSpec>,
  chunk = 65_536,
): Promise<string> {
  const columns = (content.split('\n')[0] ?? '').split(',');
  const sink = new Collected();
  const [result] = await writeExtracts(inChunks(Buffer.from(content), chunk), { schema, columns }, [
    { spec: aSpec(spec), sink },
  ]);
  if (result?.ok !== true) throw result?.error;
  expect(result).toMatchObject({
    bytes: sink.bytes.length,
    sha256: createHash('sha256').update(sink.bytes).digest('base64'),
  });
  return sink.text;
}

const firms = aSchema({
  fields: [
    { name: 'code', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'capital', type: 'number', groupChar: ',' },
    { name: 'staff', type: 'integer' },
    { name: 'active', type: 'boolean', trueValues: ['是'], falseValues: ['否'] },
    { name: 'since', type: 'date' },
    { name: 'phone', type: 'string' },
  ],
});
const dataset = [
  'code,name,capital,staff,active,since',
  '110101,甲,"1,000.50",7,是,2020-01-01',
  '110102,"乙 ""B"", 店",.5,,否,2021-06-30',
  '"310101","丙\n丁",,012,,2022-02-28',
  '',
].join('\n');

describe('CSV', () => {
  test('fields come in the order asked for, with the quotes that they had', async () => {
    expect(await extracted(firms, dataset, { fields: ['name', 'code', 'capital'] })).toBe(
      'name,code,capital\n甲,110101,"1,000.50"\n"乙 ""B"", 店",110102,.5\n"丙\n丁","310101",\n',
    );
  });

  test('a field that the dataset does not have is missing', async () => {
    expect(await extracted(firms, dataset, { fields: ['staff', 'phone'] })).toBe('staff,phone\n7,\n,\n012,\n');
  });

  test('a name that needs quotes gets them', async () => {
    const schema = aSchema({ fields: [{ name: 'a"b', type: 'string' }] });
    const sink = new Collected();
    await writeExtracts(inChunks(Buffer.from('"a""b"\nx\n')), { schema, columns: ['a"b'] }, [
      { spec: aSpec({ fields: ['a"b'] }), sink },
    ]);
    expect(sink.text).toBe('"a""b"\nx\n');
  });
});

describe('NDJSON', () => {
  test('has numbers with their digits, booleans, nulls and strings', async () => {
    const lines = await extracted(firms, dataset, {
      fields: ['name', 'capital', 'staff', 'active', 'since', 'phone'],
      format: 'ndjson',
    });
    expect(lines).toBe(
      [
        '{"name":"甲","capital":1000.50,"staff":7,"active":true,"since":"2020-01-01","phone":null}',
        '{"name":"乙 \\"B\\", 店","capital":0.5,"staff":null,"active":false,"since":"2021-06-30","phone":null}',
        '{"name":"丙\\n丁","capital":null,"staff":12,"active":null,"since":"2022-02-28","phone":null}',
        '',
      ].join('\n'),
    );
  });

  test.each([
    ['7', '7'],
    ['-7', '-7'],
    ['+7', '7'],
    ['007', '7'],
    ['-0', '-0'],
    ['0.10', '0.10'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['1E5', '1E5'],
    ['1.50e-3', '1.50E-3'],
    ['1E+05', '1E+05'],
    ['1e0000000000000000000007', '1E0000000000000000000007'],
    ['123456789012345678901234567890.123456789', '123456789012345678901234567890.123456789'],
    ['1E400', '1E400'],
    ['NaN', '"NaN"'],
    ['-inf', '"-inf"'],
    ['INF', '"INF"'],
  ])('writes the number %s as %s', async (cell, json) => {
    const line = await extracted(aSchema({ fields: [{ name: 'a', type: 'number' }] }), `a\n${cell}\n`, {
      format: 'ndjson',
    });
    expect(line).toBe(`{"a":${json}}\n`);
    expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  test.each([
    [{ type: 'number', decimalChar: ',', groupChar: '.' }, '"1.234,50"', '1234.50'],
    [{ type: 'integer', groupChar: ' ' }, '1 234', '1234'],
    [{ type: 'number', bareNumber: false }, '95.5%', '95.5'],
    [{ type: 'integer', bareNumber: false }, 'EUR -95', '-95'],
    [{ type: 'integer', bareNumber: false }, '-€95', '-95'],
    [{ type: 'number', bareNumber: false }, '-$1.50', '-1.50'],
    [{ type: 'number', bareNumber: false }, '+ 7 %', '7'],
    [{ type: 'boolean' }, 'TRUE', 'true'],
    [{ type: 'boolean' }, '0', 'false'],
    [{ type: 'year' }, '2024', '"2024"'],
    [{ type: 'any' }, '12', '"12"'],
    [{ type: 'geopoint' }, '"1, 2"', '"1, 2"'],
    [{ type: 'string' }, '\\\t\u007F\u2028', '"\\\\\\t\u007F\u2028"'],
  ] as const)('%j: %s becomes %s', async (field, cell, json) => {
    expect(await extracted(aSchema({ fields: [{ name: 'a', ...field }] }), `a\n${cell}\n`, { format: 'ndjson' })).toBe(
      `{"a":${json}}\n`,
    );
  });

  test('other missing values are null too', async () => {
    const schema = aSchema({ missingValues: ['', '-'], fields: [{ name: 'a', type: 'integer' }] });
    expect(await extracted(schema, 'a\n-\n5\n', { format: 'ndjson' })).toBe('{"a":null}\n{"a":5}\n');
  });
});

describe('masks', () => {
  test.each([
    ['last4', '13800138000', '****8000'],
    ['last4', '12345', '****2345'],
    ['last4', '1234', '********'],
    ['last4', '1', '********'],
    ['last4', '甲乙丙丁𠮷', '****乙丙丁𠮷'],
    ['first1', '张三丰', '张**'],
    ['first1', '𠮷野', '𠮷**'],
    ['first1', '张', '***'],
    ['hide', 'anything', '***'],
    ['hide', 'x', '***'],
    ['last4', 'ab"c,d', '"****""c,d"'],
  ] as const)('%s of %s is %s', async (mask, cell, shown) => {
    const schema = aSchema({ fields: [{ name: 'a', type: 'string' }] });
    expect(await extracted(schema, `a\n"${cell.replaceAll('"', '""')}"\n`, { mask: { a: mask } })).toBe(
      `a\n${shown}\n`,
    );
  });

  test.each(Mask.options)('%s makes the same of a plain cell and of a quoted one', async (mask) => {
    const schema = aSchema({ fields: [{ name: 'a', type: 'string' }] });
    for (const cell of ['甲', 'ab', '甲乙丙', '1234', '𠮷野家前通', '13800138000']) {
      const plain = await extracted(schema, `a\n${cell}\n`, { mask: { a: mask } });
      expect(plain).toBe(await extracted(schema, `a\n"${cell}"\n`, { mask: { a: mask } }));
      expect(plain).toContain('**');
    }
  });

  test('a masked number is a string, a missing value stays missing', async () => {
    const schema = aSchema({ fields: [{ name: 'a', type: 'integer' }] });
    expect(await extracted(schema, 'a\n123456\n""\n', { mask: { a: 'last4' }, format: 'ndjson' })).toBe(
      '{"a":"****3456"}\n{"a":null}\n',
    );
    expect(await extracted(schema, 'a\n123456\n""\n', { mask: { a: 'hide' } })).toBe('a\n***\n""\n');
  });
});

type Filtered = readonly [
  title: string,
  field: object,
  cells: readonly string[],
  filter: object,
  kept: readonly string[],
];

const FILTERS: readonly Filtered[] = [
  ['eq of strings', { type: 'string' }, ['x', '"x"', 'xy', '', '"x""y"'], { op: 'eq', value: 'x' }, ['x', '"x"']],
  ['eq of a string with a quote', { type: 'string' }, ['x', '"x""y"'], { op: 'eq', value: 'x"y' }, ['"x""y"']],
  ['in of strings', { type: 'string' }, ['a', 'b', 'c'], { op: 'in', value: ['a', 'c'] }, ['a', 'c']],
  [
    'in of many strings',
    { type: 'string' },
    ['s3', 's77', 'x'],
    { op: 'in', value: Array.from({ length: 50 }, (_, i) => `s${i}`) },
    ['s3'],
  ],
  [
    'prefix',
    { type: 'string' },
    ['110102', '110101', '"110102x"', ''],
    { op: 'prefix', value: '110102' },
    ['110102', '"110102x"'],
  ],
  [
    'min of strings by code point',
    { type: 'string' },
    ['Z', 'a', '\uFFFD', '𠮷'],
    { op: 'min', value: '\uFFFD' },
    ['\uFFFD', '𠮷'],
  ],
  ['eq of integers', { type: 'integer' }, ['7', '07', '+7', '8'], { op: 'eq', value: 7 }, ['7', '07', '+7']],
  [
    'min of integers beyond 2^53',
    { type: 'integer' },
    ['9007199254740992', '9007199254740993', '9007199254740994', '-1'],
    { op: 'min', value: '9007199254740993' },
    ['9007199254740993', '9007199254740994'],
  ],
  [
    'max of numbers',
    { type: 'number' },
    ['9', '10', '1E1', '10.000000000000000000001', '-INF', 'NaN'],
    { op: 'max', value: 10 },
    ['9', '10', '1E1', '-INF'],
  ],
  [
    'min of dates in their format',
    { type: 'date', format: '%d/%m/%Y' },
    ['31/12/2023', '01/01/2024'],
    { op: 'min', value: '01/01/2024' },
    ['01/01/2024'],
  ],
  [
    'max of datetimes by instant',
    { type: 'datetime' },
    ['2024-01-01T08:00:00+08:00', '2024-01-01T00:00:01Z'],
    { op: 'max', value: '2024-01-01T00:00:00Z' },
    ['2024-01-01T08:00:00+08:00'],
  ],
  ['eq of booleans', { type: 'boolean' }, ['true', '1', '0'], { op: 'eq', value: true }, ['true', '1']],
  [
    'a missing value is never matched',
    { type: 'integer', missingValues: ['', '0'] },
    ['0', '1', ''],
    { op: 'max', value: 5 },
    ['1'],
  ],
  [
    'a missing marker is never matched',
    { type: 'string', missingValues: ['NA'] },
    ['NA', 'NAB', 'x'],
    { op: 'prefix', value: 'NA' },
    ['NAB'],
  ],
  [
    'not even by asking for the marker',
    { type: 'string', missingValues: ['NA'] },
    ['NA', 'x'],
    { op: 'in', value: ['NA', 'x'] },
    ['x'],
  ],
];

describe('filters', () => {
  test.each(FILTERS)('%s', async (_, field, cells, filter, kept) => {
    const schema = aSchema({
      fields: [
        { name: 'a', ...field },
        { name: 'n', type: 'string' },
      ],
    });
    const content = `a,n\n${cells.map((cell) => `${cell},1\n`).join('')}`;
    expect(await extracted(schema, content, { filter: [{ field: 'a', ...filter } as never] })).toBe(
      `a\n${kept.map((cell) => `${cell}\n`).join('')}`,
    );
  });

  test('all conditions hold together, on fields that are not delivered', async () => {
    const filter = [
      { field: 'code', op: 'prefix', value: '11' },
      { field: 'staff', op: 'min', value: 1 },
    ] as const;
    expect(await extracted(firms, dataset, { fields: ['name'], filter: [...filter] })).toBe('name\n甲\n');
  });

  test('a condition on a field that the dataset does not have matches nothing', async () => {
    expect(
      await extracted(firms, dataset, { fields: ['name'], filter: [{ field: 'phone', op: 'prefix', value: '1' }] }),
    ).toBe('name\n');
  });
});

describe('one pass for several extracts', () => {
  const source = { schema: firms, columns: (dataset.split('\n')[0] ?? '').split(',') };
  const failing = (after: number): ByteSink => {
    let left = after;
    return {
      write: async () => {
        left -= 1;
        if (left < 0) throw new Error('disk full');
      },
    };
  };

  test('one that cannot be written ends alone', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},name ${i},1,2,是,2020-01-01\n`).join('');
    const content = `${source.columns.join(',')}\n${rows}`;
    const good = [new Collected(), new Collected()] as const;
    const results = await writeExtracts(inChunks(Buffer.from(content)), source, [
      { spec: aSpec({ fields: source.columns }), sink: good[0] },
      { spec: aSpec({ fields: ['code'], format: 'ndjson' }), sink: failing(1) },
      { spec: aSpec({ fields: ['unheard-of'] }), sink: new Collected() },
      {
        spec: aSpec({ fields: ['code'] }),
        sink: {
          write: () => {
            throw new Error('at once');
          },
        },
      },
      { spec: aSpec({ fields: ['code'], filter: [{ field: 'code', op: 'max', value: '1' }] }), sink: good[1] },
    ]);
    expect(results.map((result) => result.ok)).toEqual([true, false, false, false, true]);
    expect(results[1]).toEqual({ ok: false, error: new Error('disk full') });
    expect(good[0].text).toBe(content);
    expect(good[1].text).toBe('code\n0\n1\n');
    expect(results[0]).toMatchObject({ rows: 60_000 });
  });

  test('nothing more is read once all have failed', async () => {
    let ended = false;
    async function* endless() {
      try {
        yield Buffer.from(`${source.columns.join(',')}\n`);
        for (;;) yield Buffer.from('1,2,3,4,是,2020-01-01\n'.repeat(1000));
      } finally {
        ended = true;
      }
    }
    const [result] = await writeExtracts(endless(), source, [{ spec: aSpec({ fields: ['code'] }), sink: failing(0) }]);
    expect([result?.ok, ended]).toEqual([false, true]);
  });

  test.each([[1], [2], [3], [7], [50]])('pieces of %i bytes make no difference', async (size) => {
    const spec = { fields: ['name', 'capital'], format: 'ndjson' } as const;
    expect(await extracted(firms, dataset, { ...spec, fields: [...spec.fields] }, size)).toBe(
      await extracted(firms, dataset, { ...spec, fields: [...spec.fields] }),
    );
  });

  test.each([
    ['another header', 'code,name\n1,2\n'],
    ['another width', `${source.columns.join(',')}\n1,2\n`],
    ['a stray quote', `${source.columns.join(',')}\n1,2",3,4,5,6\n`],
  ])('a file that no check has written is a fault: %s', async (_, content) => {
    await expect(
      writeExtracts(inChunks(Buffer.from(content)), source, [
        { spec: aSpec({ fields: ['code'] }), sink: new Collected() },
      ]),
    ).rejects.toThrow('the dataset has');
  });
});

describe('specifications', () => {
  const terms = DeliveryTerms.parse({
    fields: ['b', 'a'],
    purpose: 'p',
    legalBasis: 'l',
    validFrom: '2026-12-01',
    validTo: '2027-11-30',
    mask: { b: 'hide', a: 'last4' },
    filter: [
      { value: '1', field: 'z', op: 'eq' },
      { field: 'a', op: 'in', value: ['y', 'x', 'y'] },
    ],
  });

  test('equal extracts have equal JSON', () => {
    const other = canonicalSpec({
      format: 'csv',
      mask: { a: 'last4', b: 'hide', c: 'hide' },
      fields: ['b', 'a'],
      filter: [
        { op: 'in', value: ['x', 'y'], field: 'a' },
        { field: 'z', op: 'eq', value: '1' },
        { op: 'eq', field: 'z', value: '1' },
      ],
    });
    expect(JSON.stringify(extractSpec(terms))).toBe(JSON.stringify(other));
    expect(JSON.stringify(canonicalSpec(other))).toBe(JSON.stringify(other));
  });

  test('another order of fields is another extract', () => {
    expect(JSON.stringify(canonicalSpec(aSpec({ fields: ['a', 'b'] })))).not.toBe(
      JSON.stringify(canonicalSpec(aSpec({ fields: ['b', 'a'] }))),
    );
  });

  test.each<[title: string, field: object, other: object | undefined, same: boolean]>([
    ['the same', { type: 'integer' }, { type: 'integer' }, true],
    ['other constraints', { type: 'integer' }, { type: 'integer', constraints: { minimum: 1 } }, true],
    ['defaults written out', { type: 'date' }, { type: 'date', format: 'default' }, true],
    ['another type', { type: 'integer' }, { type: 'number' }, false],
    ['another format', { type: 'date' }, { type: 'date', format: '%d/%m/%Y' }, false],
    ['another decimal character', { type: 'number' }, { type: 'number', decimalChar: ',' }, false],
    ['other true values', { type: 'boolean' }, { type: 'boolean', trueValues: ['1'], falseValues: ['0'] }, false],
    ['other missing values', { type: 'integer' }, { type: 'integer', missingValues: ['', '0'] }, false],
    ['no such field', { type: 'integer' }, undefined, false],
  ])('a version with %s: %s', (_, field, other, same) => {
    const pinned = aSchema({ fields: [{ name: 'a', ...field }, { name: 'x' }] });
    const actual = aSchema({ fields: [{ name: 'x', type: 'string' }, ...(other ? [{ name: 'a', ...other }] : [])] });
    expect(compatible(aSpec({ fields: ['a'] }), pinned, actual)).toBe(same);
    expect(compatible(aSpec({ fields: ['a'], filter: [{ field: 'x', op: 'eq', value: '1' }] }), pinned, actual)).toBe(
      false,
    );
  });
});
