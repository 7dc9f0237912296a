import { describe, expect, test } from '@jest/globals';
import { Field } from '../../schemas/contracts/definition.ts';
import { UploadRefusalCode, type UploadRefusal } from '../../schemas/contracts/uploads.ts';
import {
  explainKind,
  explainRefusal,
  explainRule,
  headline,
  type Judged,
  summaryLines,
} from '../../functions/records/index.ts';
import { KINDS } from '../../functions/records/kinds/codes.ts';
import { KIND_WORDS } from '../../functions/records/wording/kinds/index.ts';
import { REFUSALS } from '../../functions/records/wording/refusals.ts';
import { isRule, RULES } from '../../functions/records/wording/rules.ts';
import { LANGUAGES } from '../../schemas/words/language.ts';
import { aSchema, check } from './support.ts';

const CHINESE = /[\u4E00-\u9FFF]/;
const UNFILLED = /undefined|null,|NaN|\[object/;

/** English for one, Chinese for the other, and nothing left out. */
function expectWords(texts: Readonly<Record<(typeof LANGUAGES)[number], string>>): void {
  expect(texts.en).toMatch(/[a-z]/);
  expect(texts.zh).toMatch(CHINESE);
  for (const language of LANGUAGES) expect(texts[language]).not.toMatch(UNFILLED);
}

const aField = (field: object): Field => Field.parse({ name: 'a', type: 'string', ...field });
const codes = Object.keys(RULES).filter(isRule);

describe.each(codes)('the rule %s', (rule) => {
  const { example } = RULES[rule];
  const field = 'field' in example ? aField(example.field) : undefined;

  test('has words in both languages', () => {
    const en = explainRule(rule, field, 'en');
    const zh = explainRule(rule, field, 'zh');
    for (const part of ['expected', 'fault', 'todo'] as const) expectWords({ en: en[part], zh: zh[part] });
  });

  test('rejects its bad example and accepts its good one', async () => {
    const of = 'of' in example ? example.of : undefined;
    const fields = [field ?? aField({}), { name: 'b', type: 'string' as const }];
    const schema = aSchema(of === 'changes' ? { fields, primaryKey: 'a' } : { fields });
    const [bad, good, earlier] =
      'field' in example
        ? [`${example.bad},x`, `${example.good},x`, example.earlier === undefined ? '' : `${example.earlier},x\n`]
        : [example.badRecord, example.goodRecord, ''];
    const header = { csv: 'a,b\n', ndjson: '', changes: 'a,b,_op\n' }[of ?? 'csv'];
    const { result } = await check(schema, `${header}${earlier}${bad}\n${good}\n`, {
      format: of === 'ndjson' ? 'ndjson' : 'csv',
      changes: of === 'changes',
    });
    expect(result).toMatchObject({ violations: [{ rule, count: 1 }], rows: { rejected: 1 } });
  });
});

test('every rule that the engine reports has words', async () => {
  const schema = aSchema({
    fields: codes.flatMap((rule, i) => {
      const { example } = RULES[rule];
      return 'field' in example ? [{ ...aField(example.field), name: `f${i}` }] : [];
    }),
  });
  const cells = codes.flatMap((rule) => {
    const { example } = RULES[rule];
    return 'field' in example ? [`"${example.bad}"`] : [];
  });
  const { result } = await check(schema, `${schema.fields.map(({ name }) => name).join(',')}\n${cells.join(',')}\n`);
  const rules = result.verdict === 'checked' ? result.violations.map(({ rule }) => rule) : [];
  expect(rules.length).toBeGreaterThan(5);
  expect(rules.filter((rule) => !isRule(rule))).toEqual([]);
});

test.each(KINDS)('the kind %s has words in both languages', (kind) => {
  expect(explainKind(kind, 'en').says).toMatch(/^looks like ./);
  expect(explainKind(kind, 'zh').says).toMatch(/^像是/);
  for (const part of ['says', 'todo'] as const)
    expectWords({ en: explainKind(kind, 'en')[part], zh: explainKind(kind, 'zh')[part] });
});

test('no two kinds share an example and words', () => {
  const all = KINDS.map((kind) => JSON.stringify([KIND_WORDS[kind].like, KIND_WORDS[kind].example]));
  expect(new Set(all).size).toBe(KINDS.length);
});

test.each(UploadRefusalCode.options)('the refusal %s has words in both languages', (code) => {
  const refusal: UploadRefusal = { code, detail: 'as the answer says it' };
  for (const part of ['says', 'todo'] as const)
    expectWords({ en: explainRefusal(refusal, 'en')[part], zh: explainRefusal(refusal, 'zh')[part] });
  expectWords(REFUSALS[code].example);
});

test.each<[rule: string, field: object, en: string, zh: string]>([
  ['type', { type: 'date' }, 'a date as 2026-12-31', '日期，如 2026-12-31'],
  ['type', { type: 'date', format: '%d/%m/%Y' }, 'a date as 31/12/2026', '日期，如 31/12/2026'],
  ['type', { type: 'number', decimalChar: ',' }, 'a number as 12,50', '数字，如 12,50'],
  ['type', { type: 'boolean', trueValues: ['是'], falseValues: ['否'] }, 'one of 是, 否', '以下之一：是、否'],
  ['type', { type: 'geopoint' }, 'a point, longitude first, as 116.39, 39.91', '坐标点（经度在前），如 116.39, 39.91'],
  ['type', { format: 'email' }, 'an e-mail address as name@example.gov.cn', '电子邮件地址，如 name@example.gov.cn'],
  ['maxLength', { constraints: { maxLength: 60 } }, 'at most 60 characters', '最多 60 个字符'],
  ['pattern', { constraints: { pattern: '\\d{9}' } }, '9 digits', '9 位数字'],
  [
    'pattern',
    { constraints: { pattern: '[A-T]\\d{2,4}' } },
    'a value that matches [A-T]\\d{2,4} as A12',
    '符合格式 [A-T]\\d{2,4}，如 A12',
  ],
  ['enum', { constraints: { enum: ['CNY', 'USD'] } }, 'one of CNY, USD', '以下之一：CNY、USD'],
  [
    'enum',
    { type: 'integer', constraints: { enum: Array.from({ length: 13 }, (_, i) => i) } },
    'one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more',
    '以下之一：0、1、2、3、4、5、6、7、8、9 等 13 个值',
  ],
  ['enum', { categories: [{ value: '1', label: '企业' }] }, 'one of 1 (企业)', '以下之一：1 (企业)'],
  [
    'enum',
    { categories: [{ value: '1', label: '企业' }, { value: '2' }] },
    'one of 1 (企业), 2',
    '以下之一：1 (企业)、2',
  ],
  ['minimum', { type: 'number', constraints: { minimum: 0 } }, 'at least 0', '不小于 0'],
  ['minimum', { type: 'date', constraints: { minimum: '1900-01-01' } }, '1900-01-01 or later', '1900-01-01 或之后'],
  [
    'maximum',
    { type: 'integer', constraints: { maximum: 9, exclusiveMaximum: 10 } },
    'at most 9 and less than 10',
    '不大于 9 且小于 10',
  ],
])('%s of %j is expected as "%s"', (rule, field, en, zh) => {
  expect([explainRule(rule, aField(field), 'en').expected, explainRule(rule, aField(field), 'zh').expected]).toEqual([
    en,
    zh,
  ]);
});

test.each([
  [{ constraints: { pattern: '\\d{6}', required: true } }, 'Write the value; a good value is 123456'],
  [{ check: 'gb11714', constraints: { pattern: '[0-9A-Z]{9}' } }, 'Write the value; a good value is 002518057'],
  [{ type: 'integer', constraints: { minimum: 5000 } }, 'Write the value; a good value is 5000'],
  [{ type: 'date', constraints: { exclusiveMaximum: '2000-01-01' } }, 'Write the value'],
  [{ example: '东城区' }, 'Write the value; a good value is 东城区'],
])('an example is a value that the field accepts: %j', (field, todo) => {
  expect(explainRule('required', aField(field), 'en').todo).toBe(todo);
});

const rows = (read: number, rejected: number) => ({ read, accepted: read - rejected, rejected });
const refusal = (code: UploadRefusalCode): UploadRefusal => ({ code, detail: '' });

test.each<[title: string, judged: Omit<Judged, 'resourceId'>, en: string, zh: string]>([
  [
    'all accepted',
    { state: 'accepted', rows: rows(1204, 0), datasetVersion: 3 },
    'Accepted as version 3 of streets: all 1,204 records; there is nothing to do.',
    '已接受为 streets 第 3 版：全部 1,204 条记录，无需处理。',
  ],
  [
    'some rejected',
    { state: 'accepted', rows: rows(1204, 24), datasetVersion: 3 },
    'Accepted as version 3 of streets: 1,180 of 1,204 records; mend the 24 that were rejected in the fix-file and upload it as fixes of this upload.',
    '已接受为 streets 第 3 版：1,204 条记录中的 1,180 条；请在修正文件中改好被退回的 24 条，并作为本次上报的修正上报。',
  ],
  [
    'one rejected',
    { state: 'accepted', rows: rows(2, 1), datasetVersion: 1 },
    'Accepted as version 1 of streets: 1 of 2 records; mend the one that was rejected in the fix-file and upload it as fixes of this upload.',
    '已接受为 streets 第 1 版：2 条记录中的 1 条；请在修正文件中改好被退回的 1 条，并作为本次上报的修正上报。',
  ],
  [
    'a trial without faults',
    { state: 'accepted', rows: rows(1, 0), trial: true },
    'streets would accept the file, its one record: upload it.',
    'streets 会接受该文件（全部 1 条记录）：可以上报。',
  ],
  [
    'a trial with faults',
    { state: 'accepted', rows: rows(10, 1), trial: true },
    'streets would accept 9 of 10 records and reject 1: mend these before you upload the file.',
    'streets 会接受 10 条记录中的 9 条，退回 1 条：请先改好再上报。',
  ],
  [
    'mended',
    { state: 'accepted', rows: rows(24, 0), datasetVersion: 4, fixes: 'u-1' },
    'Accepted as version 4 of streets: all 24 mended records have joined the dataset; there is nothing to do.',
    '已接受为 streets 第 4 版：24 条改好的记录已全部并入数据集，无需处理。',
  ],
  [
    'mended in part',
    { state: 'accepted', rows: rows(24, 4), datasetVersion: 4, fixes: 'u-1' },
    'Accepted as version 4 of streets: 20 of 24 mended records have joined the dataset; mend the 4 that were rejected in the new fix-file and upload it as fixes of this upload.',
    '已接受为 streets 第 4 版：24 条改好的记录中有 20 条已并入数据集；请在新的修正文件中改好被退回的 4 条，并作为本次上报的修正上报。',
  ],
  [
    'none mended',
    { state: 'refused', refusal: refusal('too-many-rejections'), rows: rows(24, 24), fixes: 'u-1' },
    'The upload to streets was refused: none of the 24 mended records is good, so the dataset stays as it is; mend the new fix-file and upload it as fixes of the same upload.',
    'streets 未接受本次上报：24 条改好的记录中没有一条合格，数据集保持不变。请改好新的修正文件，并作为同一上报的修正上报。',
  ],
  [
    'too many rejections',
    { state: 'refused', refusal: refusal('too-many-rejections'), rows: rows(1204, 300), tolerance: 0.05 },
    'The upload to streets was refused: too many records are wrong, 300 of 1,204 (24.9 %, where at most 5 % may be); mend the faults below, the systematic ones first, and upload the whole file again.',
    'streets 未接受本次上报：不合格的记录过多，1,204 条中有 300 条（24.9 %，上限为 5 %）。请先处理成批的错误，修改后重新上报整个文件。',
  ],
  [
    'barely too many',
    { state: 'refused', refusal: refusal('too-many-rejections'), rows: rows(100_000, 5001), tolerance: 0.05 },
    'The upload to streets was refused: too many records are wrong, 5,001 of 100,000 (5.001 %, where at most 5 % may be); mend the faults below, the systematic ones first, and upload the whole file again.',
    'streets 未接受本次上报：不合格的记录过多，100,000 条中有 5,001 条（5.001 %，上限为 5 %）。请先处理成批的错误，修改后重新上报整个文件。',
  ],
  [
    'another format, tried',
    { state: 'refused', refusal: refusal('unknown-format'), trial: true },
    'streets would refuse the file: the file is of another format than announced, or its bytes do not say which; announce the format that the file has (csv, ndjson, xlsx or parquet), or save it as CSV (UTF-8) and upload that.',
    'streets 不会接受该文件：文件格式与申报的不符，或无法从内容判断格式。请按文件的实际格式（csv、ndjson、xlsx 或 parquet）申报，或另存为 CSV（UTF-8）后重新上报。',
  ],
  [
    'accepted with warnings',
    {
      state: 'accepted',
      rows: rows(1204, 0),
      datasetVersion: 3,
      violations: [
        { field: 'a', rule: 'pattern', severity: 'warning', count: 12, firstLine: 2 },
        { field: 'b', rule: 'pattern', severity: 'warning', count: 1000, firstLine: 2 },
      ],
    },
    'Accepted as version 3 of streets: all 1,204 records; there is nothing to do. The report has 1,012 warnings, which rejected nothing.',
    '已接受为 streets 第 3 版：全部 1,204 条记录，无需处理。报告中另有 1,012 条提示，不影响接受。',
  ],
  [
    'held',
    { state: 'held', held: { reason: 'row-count', previousRows: 18_211, rows: 1, limit: 0.2 } },
    'The upload to streets is held: its dataset would have 1 row where the one in force has 18,211, a difference of more than 20 %; accept it if that is right, or refuse it and upload the right file.',
    'streets 暂缓接受本次上报：数据集将有 1 行，现行的为 18,211 行，相差超过 20 %。如属实请确认接受，否则请拒绝并上报正确的文件。',
  ],
  [
    'held, for a reason that is not at hand',
    { state: 'held', trial: true },
    'streets would hold the file: its number of rows is far from that in force; see that it is whole, upload it, and say that it is right.',
    'streets 会暂缓接受该文件：行数与现行数据集相差过大。请确认文件完整，上报后再确认。',
  ],
  [
    'under way',
    { state: 'checking' },
    'The file for streets is being checked: ask again in a moment.',
    'streets 的文件正在校验：请稍后再查。',
  ],
])('headline: %s', (_, judged, en, zh) => {
  expect([
    headline({ ...judged, resourceId: 'streets' }, 'en'),
    headline({ ...judged, resourceId: 'streets' }, 'zh'),
  ]).toEqual([en, zh]);
});

test.each(UploadRefusalCode.options)('a headline of %s is one sentence', (code) => {
  for (const language of LANGUAGES) {
    const line = headline({ state: 'refused', refusal: refusal(code), resourceId: 'streets' }, language);
    expect(line).toMatch(/^[^\n]+[.。]$/);
    expect(line).toContain(explainRefusal(refusal(code), language).says);
  }
});

describe('summary', () => {
  const schema = aSchema({
    fields: [
      { name: 'on', title: '批准日期', titleEn: 'Approved on', type: 'date' },
      { name: 'id', title: '代码', type: 'string' },
    ],
  });

  test('collapses systematic faults', () => {
    const violations = [
      {
        field: 'on',
        rule: 'type',
        count: 18_100,
        firstLine: 2,
        lines: [2, 3],
        looksLike: [
          { kind: 'DD/MM/YYYY', count: 18_099 },
          { kind: 'missing-word', count: 1 },
        ],
      },
    ];
    expect(summaryLines(violations, schema, 'en')).toEqual([
      {
        field: 'on',
        title: 'Approved on',
        rule: 'type',
        severity: 'error',
        fault: 'is not a date',
        expected: 'a date as 2026-12-31',
        todo: 'Write it so; a good value is 2026-12-31',
        count: 18_100,
        lines: [2, 3],
        systematic: [
          {
            kind: 'DD/MM/YYYY',
            count: 18_099,
            says: '18,099 dates look like DD/MM/YYYY',
            todo: explainKind('DD/MM/YYYY', 'en').todo,
          },
          {
            kind: 'missing-word',
            count: 1,
            says: '1 date looks like words for "no value" (NULL, N/A, -, 无)',
            todo: explainKind('missing-word', 'en').todo,
          },
        ],
      },
    ]);
    expect(summaryLines(violations, schema, 'zh')[0]).toMatchObject({
      title: '批准日期',
      systematic: [{ says: '18,099 个日期像是 DD/MM/YYYY（日/月/年）的写法' }, {}],
    });
  });

  test('has warnings after what was rejected', () => {
    const violations = [
      { field: 'id', rule: 'pattern', severity: 'warning' as const, count: 3, firstLine: 2 },
      { field: 'on', rule: 'type', count: 1, firstLine: 9 },
    ];
    expect(summaryLines(violations, schema, 'en')).toMatchObject([
      { field: 'on', severity: 'error', count: 1 },
      { field: 'id', severity: 'warning', count: 3 },
    ]);
  });

  test('names keys, records, and rules and kinds that it does not know', () => {
    const violations = [
      { field: 'id+on', rule: 'unique', count: 1, firstLine: 3 },
      {
        field: '',
        rule: 'columns',
        count: 2,
        firstLine: 4,
        lines: [4, 9],
        looksLike: [{ kind: 'blank-line', count: 2 }],
      },
      { field: 'gone', rule: 'new-rule', count: 1, firstLine: 5, looksLike: [{ kind: 'new-kind', count: 1 }] },
    ];
    expect(summaryLines(violations, schema, 'en')).toMatchObject([
      { title: '代码 + Approved on', lines: [3], systematic: [] },
      { title: undefined, lines: [4, 9], systematic: [{ says: '2 records look like blank lines between records' }] },
      { title: undefined, fault: 'new-rule', systematic: [{ says: '1 value looks like new-kind' }] },
    ]);
  });
});
