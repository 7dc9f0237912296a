import { gb18030 } from '../../cli/upload-files.ts';
import { bodyOf, lines, type Messy, serialOf, titled } from './messy-files.ts';
import { bookOf } from './workbooks.ts';

const ROWS = 12;
const body = bodyOf();
const text = (content: string): Buffer => Buffer.from(content, 'utf8');

/** Made when all else was built. */
export const unseenFiles = (): Messy[] => [
  {
    kind: 'vertical bars in GB18030, blanks around names',
    bytes: gb18030(
      lines(
        '|',
        titled.map((name) => ` ${name} `),
        body,
      ),
    ),
    records: ROWS,
  },
  {
    kind: 'a table that begins in column B, below two titles',
    bytes: bookOf([
      { rows: [['', '法人名单'], ['', '2026年'], ['', ...titled], ...body.map((cells) => ['', ...cells])] },
    ]),
    records: ROWS,
  },
  {
    kind: 'dates in four forms',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row, i) => ({
          ...row,
          approved_on:
            [
              row.approved_on.replaceAll('-', '.'),
              row.approved_on.replaceAll('-', ''),
              `${row.approved_on} 00:00:00`,
              String(serialOf(row.approved_on)),
            ][i % 4] ?? '',
        })),
      ),
    ),
    records: ROWS,
  },
  {
    kind: 'line ends and stars in the header',
    bytes: bookOf([{ rows: [titled.map((name) => `*${name.slice(0, 2)}\n${name.slice(2)}`), ...body] }]),
    records: ROWS,
  },
  {
    kind: 'English names in capitals',
    bytes: text(
      lines(
        ',',
        [
          'ORG CODE',
          'Org Type',
          'Company Name',
          'Industry',
          'District Code',
          'Address',
          'TEL',
          'Capital',
          'Approval Date',
          'Currency',
          'Legal Representative',
          'USCC',
        ],
        body,
      ),
    ),
    records: ROWS,
  },
  { kind: 'line ends of CR alone', bytes: text(lines(',', titled, body).replaceAll('\n', '\r')), records: ROWS },
  {
    kind: 'a cover sheet, three titles, a total and two signatures',
    bytes: bookOf([
      { name: '封面', rows: [['北京市', '2026']] },
      {
        name: 'Sheet2',
        rows: [
          ['附件1'],
          ['法人信息汇总表'],
          ['填报单位：市场监管局', '', '', '单位：元'],
          titled,
          ...body,
          ['总 计', '', '', '', '', '', '', 88_888],
          ['填表人：张三', '', '', '联系电话：', '010-12345678'],
        ],
      },
    ]),
    records: ROWS,
  },
  {
    kind: 'currency signs and full-width commas in numbers',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row) => ({
          ...row,
          capital: `￥${Number(row.capital.split('.')[0]).toLocaleString('en-US').replaceAll(',', '，')}`,
        })),
      ),
    ),
    records: ROWS,
    answers: { 'unit.capital': 'yes' },
  },
  {
    kind: 'semicolons and decimal commas',
    bytes: text(
      lines(
        ';',
        titled,
        bodyOf((row, i) => ({ ...row, capital: `${1000 + i},5` })),
      ),
    ),
    records: ROWS,
    answers: { 'decimal-comma.capital': 'yes' },
  },
  {
    kind: 'codes with .0, and codes with their labels',
    bytes: text(
      lines(
        ',',
        titled,
        bodyOf((row) => ({
          ...row,
          division: `${row.division}.0`,
          org_type: `${row.org_type}-类`,
          currency: `${row.currency} 币`,
        })),
      ),
    ),
    records: ROWS,
  },
  {
    kind: 'a unit above the table and page numbers in it',
    bytes: text(
      `单位：元\n${lines(',', titled, body.slice(0, 6))}第1页 共2页\n${lines(',', titled, body.slice(6))}第2页 共2页\n`,
    ),
    records: ROWS,
    answers: { headings: 'leave-out' },
  },
];
