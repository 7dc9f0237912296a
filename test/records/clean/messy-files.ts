import { legalEntities, type LegalEntity } from '../../support/legal-entities.ts';
import { gb18030 } from '../../cli/upload-files.ts';
import { bookOf, type CellValue } from './workbooks.ts';

/** A file as people keep it, and how many records are in it. */
export interface Messy {
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly records: number;
  readonly answers?: Readonly<Record<string, string>>;
  /** What has to be said of it, in English. */
  readonly says?: RegExp;
}

/** Without a comma in a name, for texts that other characters cut. */
export const entities = (count: number): LegalEntity[] =>
  legalEntities(count).map((row) => ({ ...row, name: row.name.replace(',北京', '') }));

export type Key = keyof LegalEntity;
export const KEYS = Object.keys(entities(1)[0] ?? {}) as Key[];
export const TITLES: Readonly<Record<Key, string>> = {
  org_code: '组织机构代码',
  org_type: '机构类型代码',
  name: '机构名称',
  industry: '行业代码',
  division: '行政区划代码',
  address: '地址',
  phone: '电话',
  capital: '注册资金',
  approved_on: '批准日期',
  currency: '币种代码',
  representative: '法定代表人',
  registration_no: '注册登记号（统一社会信用代码）',
};

const ROWS = 12;
const rows = entities(ROWS);
export const lines = (cut: string, head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, ...body].map((cells) => `${cells.join(cut)}\n`).join('');
export const titled = KEYS.map((key) => TITLES[key]);
export const bodyOf = (change: (row: LegalEntity, i: number) => LegalEntity = (row) => row): string[][] =>
  rows.map((row, i) => KEYS.map((key) => change(row, i)[key]));
const body = bodyOf();
const text = (content: string): Buffer => Buffer.from(content, 'utf8');
const at = (key: Key): number => KEYS.indexOf(key);

/** Twenty and more, each messy in ways of its own. */
export const messyFiles = (): Messy[] => [
  { kind: 'titles of the catalog in place of names', bytes: text(lines(',', titled, body)), records: ROWS },
  { kind: 'semicolons', bytes: text(lines(';', KEYS, body)), records: ROWS, says: /semicolons/ },
  {
    kind: 'tabs in UTF-16',
    bytes: Buffer.from(`\uFEFF${lines('\t', titled, body)}`, 'utf16le'),
    records: ROWS,
    says: /UTF-16LE/,
  },
  { kind: 'GB18030', bytes: gb18030(lines(',', titled, body)), records: ROWS, says: /GB18030/ },
  { kind: 'full-width commas', bytes: text(lines('，', titled, body)), records: ROWS, says: /full-width commas/ },
  {
    kind: 'ten title rows, a footer and a total',
    bytes: text(
      `${Array.from({ length: 10 }, (_, i) => `法人名单 第${i + 1}部分`).join('\n')}\n${lines(',', titled, body)}合计,,,,,,,1234567,,,,\n制表人：张三,,,审核：李四,,,,,,,,\n`,
    ),
    records: ROWS,
    says: /rows 1–10 are titles; the header is in row 11/,
  },
  {
    kind: 'a title in merged cells, in a workbook',
    bytes: bookOf([{ rows: [['北京市法人基础信息表'], titled, ...body], merged: ['A1:L1'] }]),
    records: ROWS,
    says: /row 1 is a title; the header is in row 2/,
  },
  {
    kind: 'the right one of several sheets',
    bytes: bookOf([
      { name: '填报说明', rows: [['请按要求填写'], ['一', '二']] },
      { name: '法人', rows: [titled, ...body] },
      {
        name: '字典',
        rows: [
          ['代码', '含义'],
          ['1', '企业'],
        ],
      },
    ]),
    records: ROWS,
    says: /in the sheet “法人”; the workbook also shows 填报说明, 字典/,
  },
  {
    kind: 'dates with slashes, thousands separators, blanks',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row) => ({
          ...row,
          approved_on: row.approved_on.replaceAll('-', '/').replaceAll('/0', '/'),
          capital: `" ${thousands(row.capital)} "`,
          division: `${row.division} `,
        })),
      ),
    ),
    records: ROWS,
  },
  {
    kind: 'full-width digits and Chinese dates',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row) => ({
          ...row,
          division: wide(row.division),
          capital: wide(row.capital),
          approved_on: chinese(row.approved_on),
        })),
      ),
    ),
    records: ROWS,
  },
  {
    kind: 'codes and dates as numbers of a workbook',
    bytes: bookOf([{ rows: [titled, ...asNumbers(['division', 'org_type', 'capital'])] }]),
    records: ROWS,
  },
  {
    kind: 'dates as serial numbers that no format shows',
    bytes: bookOf([
      {
        rows: [
          titled,
          ...body.map((cells): CellValue[] =>
            cells.map((cell, i) => (i === at('approved_on') ? serialOf(cell) : cell)),
          ),
        ],
      },
    ]),
    records: ROWS,
  },
  {
    kind: 'a running number and a thousand empty columns',
    bytes: text(
      lines(
        ',',
        ['序号', ...titled, ...Array.from({ length: 1000 }, () => '')],
        body.map((cells, i) => [String(i + 1), ...cells, ...Array.from({ length: 1000 }, () => '')]),
      ),
    ),
    records: ROWS,
    says: /column A “序号” is left out/,
  },
  {
    kind: 'a header of two rows',
    bytes: bookOf([
      {
        rows: [['基本信息', '', '', '', '', '联系方式', '', '登记信息', '', '', '', ''], titled, ...body],
        merged: ['A1:E1', 'F1:G1', 'H1:L1'],
      },
    ]),
    records: ROWS,
  },
  {
    kind: 'a header whose groups are named above some columns alone',
    bytes: bookOf([
      {
        rows: [
          [...titled.slice(0, 5), '联系方式', '', ...titled.slice(7)],
          ['', '', '', '', '', '地址', '电话', '', '', '', '', ''],
          ...body,
        ],
        merged: [
          'F1:G1',
          ...['A', 'B', 'C', 'D', 'E', 'H', 'I', 'J', 'K', 'L'].map((letter) => `${letter}1:${letter}2`),
        ],
      },
    ]),
    records: ROWS,
    says: /the header is in rows 1 and 2/,
  },
  {
    kind: 'merged cells down a column',
    bytes: bookOf([
      {
        rows: [
          titled,
          ...body.map((cells, i): CellValue[] =>
            cells.map((cell, j) => (j === at('division') ? (i % 4 === 0 ? '110105' : '') : cell)),
          ),
        ],
        merged: ['E2:E5', 'E6:E9', 'E10:E13'],
      },
    ]),
    records: ROWS,
  },
  {
    kind: 'the header again, blank lines and subtotals in the middle',
    bytes: text(
      [
        titled.join(','),
        ...body.slice(0, 4).map((cells) => cells.join(',')),
        '小计,,,,,,,99,,,,',
        '',
        titled.join(','),
        ...body.slice(4).map((cells) => cells.join(',')),
        ',,,,,,,,,,,',
        '注：本表数据截至2026年11月',
      ].join('\n'),
    ),
    records: ROWS,
    says: /the header once more/,
  },
  {
    kind: 'synonyms and units in the header',
    bytes: text(
      lines(
        ',',
        [
          '机构代码',
          '机构类型代码*',
          '单位名称',
          '行业代码',
          '区划代码',
          '通讯地址',
          '联系电话',
          '注册资金（元）',
          '核准日期',
          '币种代码',
          '法人代表',
          '统一社会信用代码',
        ],
        body,
      ),
    ),
    records: ROWS,
  },
  {
    kind: 'no header at all',
    bytes: text(body.map((cells) => `${cells.join(',')}\n`).join('')),
    records: ROWS,
    answers: { header: 'none' },
    says: /there is no header/,
  },
  {
    kind: 'days or months first, which the column shows',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row, i) => ({ ...row, approved_on: slashed(i === 3 ? '1999-03-25' : row.approved_on) })),
      ),
    ),
    records: ROWS,
  },
  {
    kind: 'days or months first, which only the owner knows',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row) => ({ ...row, approved_on: slashed(`${row.approved_on.slice(0, 8)}05`) })),
      ),
    ),
    records: ROWS,
    answers: { 'dates.approved_on': 'day-first' },
  },
  {
    kind: 'words for nothing, apostrophes, formulas in place of text',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row) => ({
          ...row,
          capital: '无',
          industry: '/',
          division: `'${row.division}`,
          org_type: `"=""${row.org_type}"""`,
          registration_no: 'NULL',
        })),
      ),
    ),
    records: ROWS,
  },
  {
    kind: 'currencies and units behind numbers',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row) => ({ ...row, capital: `${row.capital}元` })),
      ),
    ),
    records: ROWS,
    answers: { 'unit.capital': 'yes' },
  },
  {
    kind: 'a column nobody knows, and one in lower case',
    bytes: text(
      lines(
        ',',
        [...titled, '经办备忘'],
        body.map((cells) => [...cells.map((cell, i) => (i === at('currency') ? cell.toLowerCase() : cell)), 'x']),
      ),
    ),
    records: ROWS,
    says: /column M “经办备忘” is left out/,
  },
  {
    kind: 'quotes out of place',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row, i) => (i === 2 ? { ...row, address: '长安"街"1号' } : row)),
      ),
    ),
    records: ROWS,
    says: /quotes out of place/,
  },
];

export const thousands = (number: string): string =>
  Number(number).toLocaleString('en-US', { maximumFractionDigits: 2 });
export const wide = (plain: string): string =>
  plain.replaceAll(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const chinese = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};
const slashed = (day: string): string => day.split('-').toReversed().join('/');
export const serialOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;
const asNumbers = (keys: readonly Key[]): CellValue[][] =>
  rows.map((row) =>
    KEYS.map((key) =>
      key === 'approved_on' ? { date: serialOf(row[key]) } : keys.includes(key) ? Number(row[key]) : row[key],
    ),
  );
