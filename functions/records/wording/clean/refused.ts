import type { Words } from '../../../../schemas/words/language.ts';
import type { NoTable, Refused } from '../../clean/refused.ts';

interface Advised {
  readonly says: Words;
  readonly todo: Words;
}

type Advise = (detail: string) => Advised;

const SAVE_AS_XLSX: Words = {
  en: 'open it in a spreadsheet program, save it as .xlsx (Excel workbook), and take that file',
  zh: '请用电子表格软件打开，另存为 .xlsx（Excel 工作簿），再使用该文件',
};

/** A reason without words does not compile. */
const ADVICE: Readonly<Record<NoTable, Advise>> = {
  password: () => ({
    says: { en: 'the workbook has a password', zh: '工作簿设有打开密码' },
    todo: {
      en: 'open it with the password, take the password off (File, Info, Protect Workbook, Encrypt with Password: leave it empty), and save it',
      zh: '请用密码打开，取消密码（“文件”—“信息”—“保护工作簿”—“用密码进行加密”，清空后确定），再保存',
    },
  }),
  'old-workbook': () => ({
    says: {
      en: 'the file is a workbook of Excel 97 to 2003 (.xls), or another old Office document',
      zh: '文件是 Excel 97–2003 的旧格式（.xls）或其他旧版 Office 文档',
    },
    todo: SAVE_AS_XLSX,
  }),
  'web-page': () => ({
    says: {
      en: 'the file is a web page (HTML), whatever its name says; many systems export tables so',
      zh: '文件实际是网页（HTML），与扩展名无关；许多系统这样导出表格',
    },
    todo: SAVE_AS_XLSX,
  }),
  'xml-table': () => ({
    says: { en: 'the file is XML, such as an XML spreadsheet of 2003', zh: '文件是 XML，例如“XML 表格 2003”' },
    todo: SAVE_AS_XLSX,
  }),
  damaged: (detail) => ({
    says: { en: `the file cannot be read: ${detail}`, zh: `文件无法读取：${detail}` },
    todo: { en: 'open it in a spreadsheet program and save it again', zh: '请用电子表格软件打开并重新保存' },
  }),
  'other-format': (detail) => ({
    says: { en: `the file is ${detail}, no table that people have typed`, zh: `文件是 ${detail}，不是人工填写的表格` },
    todo: {
      en: 'hub check and hub upload take it as it is; CSV and XLSX are cleaned',
      zh: '可直接用 hub check、hub upload 处理；只有 CSV 和 XLSX 需要整理',
    },
  }),
  empty: () => ({
    says: { en: 'nothing is in the file', zh: '文件中没有内容' },
    todo: { en: 'take a file with a header row and records', zh: '请使用含表头和记录的文件' },
  }),
  'no-records': () => ({
    says: { en: 'there is no record below the header', zh: '表头下面没有记录' },
    todo: { en: 'say where the header is: --answer header=ROW', zh: '请指明表头所在的行：--answer header=行号' },
  }),
  'no-such-sheet': (detail) => ({
    says: { en: `the workbook has no such sheet; it shows ${detail}`, zh: `工作簿中没有这张工作表；现有：${detail}` },
    todo: { en: 'name one of them: --answer sheet=NAME', zh: '请指定其中一张：--answer sheet=名称' },
  }),
  'no-such-row': (detail) => ({
    says: {
      en: `row ${detail} is no header: nothing is in it, or it is far below the beginning`,
      zh: `第 ${detail} 行不能作为表头：该行没有内容，或离开头太远`,
    },
    todo: {
      en: 'name the row with the names of the columns: --answer header=ROW',
      zh: '请指明列名所在的行：--answer header=行号',
    },
  }),
  'too-many-columns': (detail) => ({
    says: {
      en: `the header names ${detail} columns; a table has at most 2,000`,
      zh: `表头有 ${detail} 列；最多 2,000 列`,
    },
    todo: { en: 'delete the columns that are no part of the table', zh: '请删除不属于表格的列' },
  }),
  'too-many-merged': () => ({
    says: {
      en: 'cells are merged all over the sheet, 10,000 ranges or more',
      zh: '工作表中到处是合并单元格，达到 10,000 处以上',
    },
    todo: {
      en: 'select the sheet, unmerge the cells, and write the value into each cell that it is meant for',
      zh: '请全选工作表，取消合并单元格，并在每个单元格中填入相应的值',
    },
  }),
  'no-field': (detail) => ({
    says: { en: `no column is ${detail}, which every record needs`, zh: `没有 ${detail} 列，而每条记录都需要它` },
    todo: {
      en: 'add the column, or say which one it is: --answer column.C=FIELD',
      zh: '请补上该列，或指明是哪一列：--answer column.C=信息项',
    },
  }),
};

/** Why a file is no table that can be cleaned, and what to do. */
export const explainNoTable = ({ refused, detail = '' }: Refused): Advised => ADVICE[refused](detail);
