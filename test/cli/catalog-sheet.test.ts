import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import legalEntities from '../../schemas/catalog/legal-entities.json' with { type: 'json' };
import streets from '../../schemas/catalog/streets.json' with { type: 'json' };
import villages from '../../schemas/catalog/villages.json' with { type: 'json' };
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { unfitFor } from '../../schemas/contracts/characters.ts';
import { rowsOf, type Exported } from '../../clients/cli/catalog/sheet/definition-rows.ts';
import { columnKeys, headings, type ColumnKey } from '../../clients/cli/catalog/sheet/layout.ts';
import { readDefinitions } from '../../clients/cli/catalog/sheet/read-definitions.ts';
import { readSheet } from '../../clients/cli/workbook/read-sheet.ts';
import { writeSheet } from '../../clients/cli/workbook/write-sheet.ts';
import { instant, resource } from '../support/builders.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-sheet-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const head = columnKeys.map((key) => headings[key]);
let files = 0;

/** Through a real workbook. */
async function throughSheet(rows: readonly (readonly string[])[], columns: readonly string[] = head) {
  const file = join(folder, `${++files}.xlsx`);
  await writeSheet(file, columns, rows);
  return readDefinitions(await readSheet(file));
}
const exported = (id: string, definition: ResourceDefinition): Exported => ({
  resourceId: resource(id),
  publishedAt: instant,
  definition,
});
const sheetOf = (...resources: readonly Exported[]) => resources.flatMap((each) => rowsOf(each, (id) => `${id} 局`));

const full = ResourceDefinition.parse({
  title: '法人基础信息',
  titleEn: 'Legal entities',
  description: '第一行\n第二行, "引号"',
  provider: 'quality',
  category: '1-02-001',
  formatClass: 'database',
  themes: ['economy', 'emergency'],
  shareType: 'conditional',
  shareCondition: '履职所需',
  legalBasis: '政务数据共享条例 第十二条',
  open: { type: 'conditional', condition: '实名' },
  modes: ['delivery', 'lookup'],
  updateCycle: 'daily',
  related: ['streets', 'villages'],
  contact: { unit: '信息中心', phone: '010-12345678', email: 'data@quality.example' },
  tolerance: 0.1,
  drift: { rowCount: 0.2 },
  schema: {
    primaryKey: ['b', 'a'],
    uniqueKeys: [['c', 'd']],
    missingValues: ['', '-'],
    fields: [
      { name: 'a', title: '甲', type: 'string', constraints: { required: true, maxLength: 20, pattern: '\\d+' } },
      {
        name: 'b',
        titleEn: 'B',
        type: 'integer',
        constraints: { minimum: 0, maximum: '9' },
        severity: { minimum: 'warning' },
      },
      { name: 'c', type: 'boolean', trueValues: ['是'], falseValues: ['否'], sensitivity: 'public' },
      { name: 'd', shareType: 'refused', provider: 'tax', group: '税务', sensitivity: 'sensitive', constraints: {} },
      { name: 'e', type: 'string', check: 'gb32100', constraints: { required: false, enum: ['一', '二'] } },
      {
        name: 'f',
        type: 'date',
        format: '%d.%m.%Y',
        example: { a: [1] },
        missingValues: [{ value: '0', label: '无' }],
      },
    ],
  },
});

/** As it was stored before the hub refused such characters. */
const hidden = {
  title: 'a\u202eb',
  description: 'x\u0007\r\ny',
  provider: 'tax',
  shareType: 'unconditional',
  themes: ['t\u200bx'],
  contact: { unit: 'u\u2066' },
  schema: {
    fields: [
      { name: 'n\u200bame', title: '\ufefft', type: 'string', constraints: { enum: ['\u202e1', '\u0085'] } },
      { name: '@SUM(A1)', title: '+1', type: 'string' },
    ],
  },
};

test('a workbook has no character that hides or acts, wherever it stands', async () => {
  const file = join(folder, 'hidden.xlsx');
  const bare = head.map((_, index) => (index === 0 ? '\u202e' : '-\u200b1'));
  await writeSheet(file, head, [...sheetOf(exported('one', ResourceDefinition.parse(hidden))), bare]);
  const { rows } = await readSheet(file);
  const texts = rows.flatMap(({ cells }) => cells);
  expect(texts.filter((text) => unfitFor('paragraph').test(text))).toEqual([]);
  expect(texts).toContain(String.raw`-\u200b1`);
  expect(texts.join()).toContain(String.raw`"title":"a\u202eb"`);
});

describe('export, then import, gives the same definition', () => {
  test.each<[string, object]>([
    ['the legal entities of the sample catalog', legalEntities],
    ['the streets', streets],
    ['the villages', villages],
    ['one with everything that a definition can say', full],
    ['the least', { title: 'x', provider: 'tax', shareType: 'unconditional', schema: { fields: [{ name: 'a' }] } }],
    [
      'texts that a cell would not give back',
      {
        title: ' 前后有空格 ',
        titleEn: '',
        provider: 'tax',
        shareType: 'unconditional',
        themes: ['a; b', ' c'],
        related: [],
        open: { type: 'conditional', condition: 'x ' },
        contact: { unit: ' 中心' },
        schema: {
          fields: [
            { name: ' a', title: '', type: 'string' },
            { name: '=1+1', type: 'string' },
          ],
          primaryKey: [' a'],
        },
      },
    ],
    ['texts from before with characters that hide or act', hidden],
  ])('%s', async (_, body) => {
    const definition = ResourceDefinition.parse(body);
    const read = await throughSheet(sheetOf(exported('one', definition)));
    expect(read.problems).toEqual([]);
    expect(read.definitions.map((each) => [each.resourceId, each.definition])).toEqual([['one', definition]]);
  });
  test('several resources, each with its own rows', async () => {
    const all = [legalEntities, streets, villages].map((body, index) =>
      exported(`r-${index}`, ResourceDefinition.parse(body)),
    );
    const read = await throughSheet(sheetOf(...all));
    expect(read.definitions.map(({ resourceId, definition }) => ({ resourceId, definition }))).toEqual(
      all.map(({ resourceId, definition }) => ({ resourceId, definition })),
    );
  });
  test('any texts', async () => {
    const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((each) => each.isWellFormed());
    const definitions = fc
      .record({
        title: text,
        description: text,
        condition: text,
        names: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
      })
      .map(({ title, description, condition, names }) => ({
        title,
        description,
        provider: 'tax',
        shareType: 'conditional',
        shareCondition: condition,
        schema: { fields: names.map((name) => ({ name, title: name, type: 'string' })) },
      }));
    await fc.assert(
      fc.asyncProperty(definitions, async (body) => {
        const definition = ResourceDefinition.parse(body);
        const { definitions: read, problems } = await throughSheet(sheetOf(exported('one', definition)));
        // A blank condition, or a name that no header can carry, breaks a rule of definitions, not of workbooks.
        if (problems.length === 0) expect(read[0]?.definition).toEqual(definition);
        else
          expect(problems.map(({ message }) => message).join()).toMatch(
            /shared on conditions|no CSV header|stands twice|__proto__/,
          );
      }),
      { numRuns: 30 },
    );
  });
});

/** A row of texts by their columns. */
const row = (texts: Partial<Record<ColumnKey, string>>): string[] => columnKeys.map((key) => texts[key] ?? '');
const good: Partial<Record<ColumnKey, string>> = {
  resourceId: 'streets',
  title: '街道',
  provider: 'civil-affairs',
  shareType: '无条件共享',
  fieldName: 'code',
  type: '字符型',
};
const cellOf = (key: ColumnKey, at: number): string => {
  let [column, name] = [(columnKeys as readonly string[]).indexOf(key) + 1, ''];
  for (; column > 0; column = Math.floor((column - 1) / 26))
    name = String.fromCharCode(0x41 + ((column - 1) % 26)) + name;
  return `${name}${at}`;
};

describe('a workbook that people filled in', () => {
  test('is read by its headings, whatever the order, with words or codes, and with columns of their own', async () => {
    const columns = [
      '备注',
      headings.fieldName,
      headings.type,
      headings.shareType,
      headings.provider,
      headings.title,
      headings.resourceId,
    ];
    const read = await throughSheet(
      [
        ['我的', 'code', 'string', 'unconditional', 'civil-affairs', '街道', 'streets'],
        ['', 'name', '字符型', '', '', '', ''],
      ],
      columns,
    );
    expect(read.problems).toEqual([]);
    expect(read.definitions[0]?.definition.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'code string',
      'name string',
    ]);
  });
  test('says of a resource once, or the same again in its other rows', async () => {
    const again = await throughSheet([row(good), row({ ...good, fieldName: 'name' })]);
    expect(again.problems).toEqual([]);
    const other = await throughSheet([row(good), row({ ...good, fieldName: 'name', title: '乡镇' })]);
    expect(other.problems).toMatchObject([{ cell: cellOf('title', 3), column: '信息资源名称' }]);
  });
  test.each<[string, Partial<Record<ColumnKey, string>>, ColumnKey]>([
    ['no id', { resourceId: '' }, 'resourceId'],
    ['an id that none can have', { resourceId: 'Streets' }, 'resourceId'],
    ['no title', { title: '' }, 'title'],
    ['another word for a share type', { shareType: '随便' }, 'shareType'],
    ['no condition where there has to be one', { shareType: '有条件共享' }, 'shareCondition'],
    ['no law where there has to be one', { fieldShareType: '不予共享' }, 'legalBasis'],
    ['a department with a strange name', { provider: '民政局' }, 'provider'],
    ['another word for a type', { type: '文本' }, 'type'],
    ['a length in words', { maxLength: '二十' }, 'maxLength'],
    ['a length for a date', { type: '日期型', maxLength: '10' }, 'maxLength'],
    ['another word for yes', { required: '对' }, 'required'],
    ['another word for a key', { key: '主' }, 'key'],
    ['a cycle that is none', { updateCycle: '常常' }, 'updateCycle'],
    ['a mode that is none', { modes: '文件交付; 电邮' }, 'modes'],
    ['a format that is none', { formatClass: 'Excel' }, 'formatClass'],
    ['openness that is none', { openType: '也许' }, 'openType'],
    ['open on no condition', { openType: '有条件' }, 'openCondition'],
    ['an address that is none', { contactUnit: '中心', contactEmail: 'x' }, 'contactEmail'],
    ['an office without a name', { contactPhone: '010-1234567' }, 'contactUnit'],
    ['a related resource that none can be', { related: '街道' }, 'related'],
    ['no field', { fieldName: '' }, 'fieldName'],
    ['rules that are no JSON', { fieldMore: '{"a"' }, 'fieldMore'],
    ['rules that there are not', { fieldMore: '{"constraint": {}}' }, 'fieldMore'],
    ['a pattern that is none', { fieldMore: '{"constraints": {"pattern": "("}}' }, 'fieldMore'],
    ['properties of the resource that there are not', { resourceMore: '{"prio": 1}' }, 'resourceMore'],
  ])('with %s names that cell', async (_, changes, key) => {
    const { definitions, problems } = await throughSheet([row({ ...good, ...changes })]);
    expect(definitions).toEqual([]);
    expect(problems.map(({ cell, column }) => [cell, column])).toEqual([[cellOf(key, 2), headings[key]]]);
  });
  test('names every wrong cell of every row, and takes what is right', async () => {
    const { definitions, problems } = await throughSheet([
      row({ ...good, shareType: '随便', type: '文本' }),
      row({ fieldName: 'code', type: '字符型' }),
      row({ ...good, resourceId: 'villages' }),
      row({ ...good, resourceId: 'streets' }),
    ]);
    expect(problems.map(({ cell }) => cell)).toEqual([
      cellOf('type', 2),
      cellOf('shareType', 2),
      cellOf('resourceId', 5),
    ]);
    expect(definitions.map(({ resourceId }) => resourceId)).toEqual(['villages']);
  });
  test('without a column that it needs says which', async () => {
    const { problems } = await throughSheet([['streets']], [headings.resourceId]);
    expect(problems.map(({ column }) => column)).toEqual([
      '信息资源名称',
      '提供方代码',
      '共享类型',
      '信息项标识',
      '数据类型',
    ]);
  });
  test('leads from what the hub refuses back to the cell', async () => {
    const { definitions } = await throughSheet([
      row({ ...good, category: '9-99-999' }),
      row({ fieldName: 'name', type: '字符型' }),
    ]);
    const { cellOf: place } = definitions[0]!;
    expect(place('/category').cell).toBe(cellOf('category', 2));
    expect(place('/schema/fields/1/provider').cell).toBe(cellOf('fieldProvider', 3));
    expect(place('/schema/fields/1').cell).toBe(cellOf('fieldName', 3));
    expect(place('').cell).toBe(cellOf('resourceMore', 2));
  });
});
