import type { Field, WarningRule } from '../../../schemas/contracts/definition.ts';
import type { Words } from '../../../schemas/words/language.ts';
import { expectedBound, expectedList, expectedPattern, expectedType, typeName } from './expected.ts';

/** Every rule that a record can break, as reports name them. */
export type RuleCode = 'type' | WarningRule | 'columns' | 'encoding' | 'quote' | 'json' | '_op' | 'size';

/**
 * A value of a field `a` that stands first in a record of two cells; or whole records, for rules of the record: of CSV
 * unless the rule is one of NDJSON, or of changes (with `_op` as a third cell).
 */
type RuleExample =
  | { readonly field: Partial<Field>; readonly bad: string; readonly good: string; readonly earlier?: string }
  | { readonly badRecord: string; readonly goodRecord: string; readonly of?: 'ndjson' | 'changes' };

export interface RuleWords {
  readonly expected: (field: Field | undefined) => Words;
  readonly fault: (field: Field | undefined) => Words;
  /** What to do, before the example of a good value. */
  readonly todo: Words;
  readonly example: RuleExample;
}

const always = (en: string, zh: string) => (): Words => ({ en: en, zh: zh });
const ofField =
  (make: (field: Field) => Words) =>
  (field: Field | undefined): Words =>
    field ? make(field) : { en: 'a value as defined', zh: '符合定义的值' };
/** A record may have this many bytes. */
const MIB = 1024 * 1024;

export const RULES: Readonly<Record<RuleCode, RuleWords>> = {
  required: {
    expected: always('a value', '必须填写'),
    fault: always('nothing is written where a value is required', '必填项为空'),
    todo: { en: 'Write the value', zh: '请填写该值' },
    example: { field: { type: 'string', constraints: { required: true } }, bad: '', good: '京' },
  },
  type: {
    expected: ofField(expectedType),
    fault: ofField((field) => ({
      en: `is not ${typeName(field).en.replace(/,.*$/, '')}`,
      zh: `不是${typeName(field).zh}`,
    })),
    todo: { en: 'Write it so', zh: '请改写为此种形式' },
    example: { field: { type: 'date' }, bad: '31/12/2026', good: '2026-12-31' },
  },
  minLength: {
    expected: ofField(({ constraints }) => ({
      en: `at least ${constraints?.minLength} characters`,
      zh: `至少 ${constraints?.minLength} 个字符`,
    })),
    fault: always('is too short', '过短'),
    todo: { en: 'Write the whole value', zh: '请补全该值' },
    example: { field: { type: 'string', constraints: { minLength: 2 } }, bad: '京', good: '北京' },
  },
  maxLength: {
    expected: ofField(({ constraints }) => ({
      en: `at most ${constraints?.maxLength} characters`,
      zh: `最多 ${constraints?.maxLength} 个字符`,
    })),
    fault: always('is too long', '过长'),
    todo: {
      en: 'Shorten it, or see whether two values stand in one cell',
      zh: '请缩短该值，或检查是否一格中写了两个值',
    },
    example: { field: { type: 'string', constraints: { maxLength: 2 } }, bad: '北京市', good: '北京' },
  },
  pattern: {
    expected: ofField(expectedPattern),
    fault: always('does not have the form of the field', '不符合该字段的格式'),
    todo: { en: 'Write it in that form', zh: '请按该格式填写' },
    example: { field: { type: 'string', constraints: { pattern: String.raw`\d{6}` } }, bad: '11010', good: '110102' },
  },
  enum: {
    expected: ofField(expectedList),
    fault: always('is not in the list of values', '不在取值范围内'),
    todo: { en: 'Write one of the list, as the list has it', zh: '请填写取值范围内的值，写法须一致' },
    example: { field: { type: 'string', constraints: { enum: ['CNY', 'USD'] } }, bad: 'RMB', good: 'CNY' },
  },
  minimum: {
    expected: ofField((field) => expectedBound(field, ['minimum', 'exclusiveMinimum'])),
    fault: ofField(({ type }) =>
      type === 'integer' || type === 'number' ? { en: 'is too small', zh: '过小' } : { en: 'is too early', zh: '过早' },
    ),
    todo: { en: 'Correct the value', zh: '请更正该值' },
    example: { field: { type: 'number', constraints: { minimum: 0 } }, bad: '-1', good: '12.50' },
  },
  maximum: {
    expected: ofField((field) => expectedBound(field, ['maximum', 'exclusiveMaximum'])),
    fault: ofField(({ type }) =>
      type === 'integer' || type === 'number' ? { en: 'is too large', zh: '过大' } : { en: 'is too late', zh: '过晚' },
    ),
    todo: { en: 'Correct the value', zh: '请更正该值' },
    example: { field: { type: 'date', constraints: { maximum: '2026-12-31' } }, bad: '2027-01-01', good: '2026-12-31' },
  },
  gb11714: {
    expected: always(
      '9 digits and capital letters, the last a valid check character (GB 11714)',
      '9 位数字或大写字母，末位为有效校验码（GB 11714 组织机构代码）',
    ),
    fault: always('is not a valid organisation code', '不是有效的组织机构代码'),
    todo: { en: 'Compare it with the certificate', zh: '请与证照核对' },
    example: { field: { type: 'string', check: 'gb11714' }, bad: '00251805-8', good: '00251805-7' },
  },
  gb32100: {
    expected: always(
      '18 digits and capital letters, the last a valid check character (GB 32100)',
      '18 位数字或大写字母，末位为有效校验码（GB 32100 统一社会信用代码）',
    ),
    fault: always('is not a valid unified social credit code', '不是有效的统一社会信用代码'),
    todo: { en: 'Compare it with the certificate', zh: '请与证照核对' },
    example: { field: { type: 'string', check: 'gb32100' }, bad: '91350100M000100Y44', good: '91350100M000100Y43' },
  },
  gb11643: {
    expected: always(
      '18 characters with a real date of birth and a valid check character, a capital X where it is one (GB 11643)',
      '18 位，出生日期真实，末位为有效校验码，X 须大写（GB 11643 公民身份号码）',
    ),
    fault: always('is not a valid identity number', '不是有效的公民身份号码'),
    todo: { en: 'Compare it with the identity card', zh: '请与身份证件核对' },
    example: { field: { type: 'string', check: 'gb11643' }, bad: '11010519491231002x', good: '11010519491231002X' },
  },
  unique: {
    expected: always('a value that no other record has', '不得与其他记录重复'),
    fault: always('stands in an earlier record already', '与前面的记录重复'),
    todo: { en: 'Remove the record that is superfluous, or correct its key', zh: '请删除多余的记录，或更正其标识' },
    example: { field: { type: 'string', constraints: { unique: true } }, bad: '1', good: '2', earlier: '1' },
  },
  columns: {
    expected: always('as many cells as the header has columns', '单元格数与表头列数一致'),
    fault: always('has more or fewer cells than the header', '单元格数与表头列数不一致'),
    todo: {
      en: 'Look for a comma in a text without quotes, or for a cell that is missing',
      zh: '请检查未加引号的文本中是否有逗号，或是否缺少单元格',
    },
    example: { badRecord: '1,2,3', goodRecord: '1,"2,3"' },
  },
  encoding: {
    expected: always('text in the announced encoding', '按申报编码书写的文本'),
    fault: always('has bytes that are no text in the announced encoding', '含有不符合申报编码的字节'),
    todo: {
      en: 'Save the file in one encoding, UTF-8 or GB18030, and announce that one',
      zh: '请用同一种编码（UTF-8 或 GB18030）保存文件，并按该编码申报',
    },
    example: { badRecord: '1\0,2', goodRecord: '1,2' },
  },
  quote: {
    expected: always(
      'a quote only around a whole cell, and doubled within it',
      '引号只用于包住整个单元格，其中的引号须成对书写',
    ),
    fault: always('has a quote out of place', '引号位置有误'),
    todo: {
      en: 'Put the whole cell in quotes and write each quote in it twice',
      zh: '请将整个单元格加上引号，其中每个引号写两遍',
    },
    example: { badRecord: '1"2,3', goodRecord: '"1""2",3' },
  },
  json: {
    expected: always('one JSON object on each line', '每行一个 JSON 对象'),
    fault: always('is no JSON object', '不是 JSON 对象'),
    todo: {
      en: 'Write each record as one object on a line of its own, without commas between lines',
      zh: '请将每条记录写成单独一行的 JSON 对象，行间不加逗号',
    },
    example: { badRecord: '{"a":"1","b":', goodRecord: '{"a":"1","b":"2"}', of: 'ndjson' },
  },
  _op: {
    expected: always('upsert or delete', 'upsert（新增或更新）或 delete（删除）'),
    fault: always('is neither upsert nor delete', '既不是 upsert 也不是 delete'),
    todo: { en: 'Write upsert, delete, or nothing for upsert', zh: '请填写 upsert 或 delete，留空表示 upsert' },
    example: { badRecord: '1,2,insert', goodRecord: '1,2,upsert', of: 'changes' },
  },
  size: {
    expected: always('a record of at most 1 MiB', '每条记录不超过 1 MiB'),
    fault: always('is longer than 1 MiB', '记录超过 1 MiB'),
    todo: {
      en: 'Shorten the record, or look for a quote that is never closed',
      zh: '请缩短该记录，或检查是否有未闭合的引号',
    },
    example: { badRecord: `1,${'x'.repeat(MIB)}`, goodRecord: '1,2' },
  },
};

export const isRule = (rule: string): rule is RuleCode => Object.hasOwn(RULES, rule);
