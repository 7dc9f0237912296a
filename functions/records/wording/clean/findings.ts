import type { Words } from '../../../../schemas/words/language.ts';
import type { Applied } from '../../clean/apply.ts';
import type { ColumnMatch, LeftOutAs, MatchedBy } from '../../clean/contract.ts';
import type { Diagnosis } from '../../clean/diagnose.ts';
import type { Places } from '../../clean/evidence.ts';
import type { Delimiter } from '../../clean/layout/delimiter.ts';
import type { Layout } from '../../clean/layout/layout.ts';
import { columnLetters } from '../../formats/cell-name.ts';
import { number } from '../language.ts';

const DELIMITER_NAMES: Readonly<Record<Delimiter, Words>> = {
  ',': { en: 'commas', zh: '英文逗号' },
  '\t': { en: 'tabs', zh: '制表符' },
  ';': { en: 'semicolons', zh: '分号' },
  '|': { en: 'vertical bars', zh: '竖线' },
  '，': { en: 'full-width commas', zh: '全角逗号' },
  '；': { en: 'full-width semicolons', zh: '全角分号' },
};

/** How a file is laid out, where it is not as an upload is: a sentence each. */
export function layoutSays({ form, header, otherSheets, titles }: Layout): Words[] {
  return [
    ...(form.is === 'workbook' && otherSheets.length > 0 ? [sheetSays(form.sheet, otherSheets)] : []),
    ...(form.is === 'text' && form.encoding !== 'utf-8'
      ? [{ en: `it is written in ${form.encoding.toUpperCase()}`, zh: `文件编码为 ${form.encoding.toUpperCase()}` }]
      : []),
    ...(form.is === 'text' && form.delimiter !== ','
      ? [
          {
            en: `its cells are separated by ${DELIMITER_NAMES[form.delimiter].en}`,
            zh: `单元格以${DELIMITER_NAMES[form.delimiter].zh}分隔`,
          },
        ]
      : []),
    ...(form.is === 'text' && form.lineEnds === 'cr'
      ? [{ en: 'its lines end with CR alone', zh: '换行只有回车符（CR）' }]
      : []),
    ...headerSays(header, titles),
  ];
}

const MAX_SHEETS = 20;

const sheetSays = (sheet: string, others: readonly string[]): Words => {
  const named = others.slice(0, MAX_SHEETS);
  const more = others.length > named.length ? ', …' : '';
  return {
    en: `the records are in the sheet “${sheet}”; the workbook also shows ${named.join(', ')}${more}`,
    zh: `记录在工作表“${sheet}”中；工作簿中还有：${named.join('、')}${more}`,
  };
};

function headerSays({ first, last }: Layout['header'], titles: readonly number[]): Words[] {
  if (last === 0)
    return [
      { en: 'there is no header; the columns are the fields in their order', zh: '没有表头；各列依次为各信息项' },
    ];
  const above = titles.length === 0 ? undefined : rowsOf(titles);
  const where: Words =
    first === last
      ? { en: `the header is in row ${first}`, zh: `表头在第 ${first} 行` }
      : { en: `the header is in rows ${first} and ${last}`, zh: `表头在第 ${first}、${last} 行` };
  if (above === undefined) return first === 1 && last === 1 ? [] : [where];
  const title: Words =
    titles.length === 1
      ? { en: `row ${above} is a title`, zh: `第 ${above} 行是标题` }
      : { en: `rows ${above} are titles`, zh: `第 ${above} 行是标题` };
  return [{ en: `${title.en}; ${where.en}`, zh: `${title.zh}；${where.zh}` }];
}

/** 1 to 10, or 1 and 3 where rows between have nothing in them. */
const rowsOf = (rows: readonly number[]): string => {
  const [first = 0, last = first] = [rows[0], rows.at(-1)];
  return first === last ? String(first) : `${first}–${last}`;
};

const BY: Readonly<Record<MatchedBy, Words>> = {
  name: { en: 'by name', zh: '按名称' },
  title: { en: 'by title', zh: '按中文或英文标题' },
  synonym: { en: 'by a name that means the same', zh: '按同义名称' },
  answer: { en: 'as answered', zh: '按答复' },
  order: { en: 'by its place', zh: '按位置' },
  unknown: { en: 'no field of the resource', zh: '不是该信息资源的信息项' },
  nameless: { en: 'without a name', zh: '没有名称' },
};
export const matchedBy = (by: MatchedBy): Words => BY[by];

/** Columns that are no field: those with values one by one, the empty ones together. */
export function columnsSay({ plan, evidence }: Diagnosis): Words[] {
  const left = plan.matches.filter(({ field }) => field === undefined);
  const empty = left.filter(({ column }) => !evidence.used.has(column));
  return [
    ...left.filter(({ column }) => evidence.used.has(column)).map(leftColumn),
    ...(empty.length > 0
      ? [
          {
            en: `${number(empty.length)} empty ${empty.length === 1 ? 'column is' : 'columns are'} left out`,
            zh: `去掉 ${number(empty.length)} 个空列`,
          },
        ]
      : []),
  ];
}

const leftColumn = ({ column, name, by }: ColumnMatch): Words => {
  const letters = columnLetters(column);
  return {
    en: `column ${letters}${name === '' ? '' : ` “${name}”`} is left out: ${by === 'answer' ? BY.answer.en : BY.unknown.en}`,
    zh: `去掉 ${letters} 列${name === '' ? '' : `“${name}”`}：${by === 'answer' ? BY.answer.zh : BY.unknown.zh}`,
  };
};

const LEFT_OUT: Readonly<Record<LeftOutAs, (rows: number) => Words>> = {
  blank: (rows) => ({ en: rows === 1 ? 'an empty row' : `${number(rows)} empty rows`, zh: `${number(rows)} 个空行` }),
  'header-again': (rows) => ({
    en: rows === 1 ? 'the header once more' : `the header ${number(rows)} times more`,
    zh: `重复的表头 ${number(rows)} 行`,
  }),
  total: (rows) => ({
    en: rows === 1 ? 'a row of totals' : `${number(rows)} rows of totals`,
    zh: `合计行 ${number(rows)} 行`,
  }),
  remark: (rows) => ({ en: rows === 1 ? 'a remark' : `${number(rows)} remarks`, zh: `备注、落款 ${number(rows)} 行` }),
  heading: (rows) => ({ en: rows === 1 ? 'a heading' : `${number(rows)} headings`, zh: `小标题 ${number(rows)} 行` }),
};

const placesOf = ({ count, first }: Places): string => `${first.join(', ')}${count > first.length ? ', …' : ''}`;

/** What can be mended, in one sentence. */
export function changesSay({ changes }: Applied): Words[] {
  const cells = changes.reduce((sum, { places }) => sum + places.count, 0);
  if (cells === 0) return [];
  const fields = [...new Set(changes.map(({ field }) => field))];
  return [
    {
      en: `${number(cells)} ${cells === 1 ? 'cell' : 'cells'} can be mended, of ${fields.join(', ')}`,
      zh: `${number(cells)} 个单元格可以修正，涉及 ${fields.join('、')}`,
    },
  ];
}

/** Rows that are left out, and what about them cannot be mended. */
export function rowsSay(applied: Applied, { evidence }: Diagnosis): Words[] {
  const { requoted, brokenRows } = applied;
  return [
    ...[...applied.leftOut].map(([as, places]) => leftOutSays(as, places)),
    ...(requoted.count > 0
      ? [
          {
            en: `quotes out of place are mended in row ${placesOf(requoted)}`,
            zh: `修正引号位置：第 ${placesOf(requoted)} 行`,
          },
        ]
      : []),
    ...(brokenRows.count > 0
      ? [
          {
            en: `broken beyond mending, and left for the hub to reject: row ${placesOf(brokenRows)}`,
            zh: `无法修复，将由平台退回：第 ${placesOf(brokenRows)} 行`,
          },
        ]
      : []),
    ...(evidence.uncomputed.count > 0
      ? [
          {
            en: `formulas without a result: ${placesOf(evidence.uncomputed)}; open the workbook in a spreadsheet program and save it, so that they are computed`,
            zh: `公式没有计算结果：${placesOf(evidence.uncomputed)}；请用电子表格软件打开并保存，使其计算`,
          },
        ]
      : []),
  ];
}

export const leftOutSays = (as: LeftOutAs, places: Places): Words => {
  const what = LEFT_OUT[as](places.count);
  return { en: `left out: ${what.en} (row ${placesOf(places)})`, zh: `去掉：${what.zh}（第 ${placesOf(places)} 行）` };
};
