import { kind } from './words.ts';

/** Faults of whole records. */
export const RECORDS = {
  'blank-line': kind(
    { en: 'blank lines between records', zh: '记录之间的空行' },
    { en: 'Delete the blank lines', zh: '请删除空行' },
    '',
  ),
  'other-delimiter': kind(
    { en: 'cells that another character than the comma separates', zh: '不是用逗号分隔的单元格' },
    { en: 'Separate cells with commas', zh: '请用英文逗号分隔单元格' },
    '1;2',
  ),
  'trailing-comma': kind(
    { en: 'lines with commas too many at their end', zh: '行末有多余的逗号' },
    { en: 'Remove the empty columns at the right and save again', zh: '请删除右侧的空列后重新保存' },
    '1,2,',
  ),
  'one-cell-too-many': kind(
    { en: 'a comma in a text without quotes', zh: '未加引号的文本中含有逗号' },
    { en: 'Put the text that has the comma in quotes', zh: '请给含逗号的文本加上引号' },
    '1,2,3',
  ),
  'one-cell-too-few': kind(
    { en: 'a cell that is missing', zh: '缺少一个单元格' },
    {
      en: 'Add the cell, or the comma before it; an empty cell has its comma too',
      zh: '请补上该单元格及其前面的逗号；空单元格也要有逗号',
    },
    '1',
  ),
  'gb18030-text': kind(
    { en: 'GB18030 (GBK) text in a file announced as UTF-8', zh: '申报为 UTF-8 的文件中的 GB18030（GBK）文本' },
    { en: 'Announce the file as gb18030, or save it as UTF-8', zh: '请按 gb18030 申报，或另存为 UTF-8' },
    '中文',
  ),
  'nul-character': kind(
    { en: 'NUL characters', zh: 'NUL 字符' },
    { en: 'Let the exporting system leave them out', zh: '请让导出系统去掉这些字符' },
    '1\0,2',
  ),
  'unclosed-quote': kind(
    { en: 'a quote that is never closed', zh: '没有闭合的引号' },
    { en: 'Close the quote, or write it twice within a quoted cell', zh: '请闭合引号；单元格内的引号须写两遍' },
    '1,"2',
  ),
  'stray-quote': kind(
    { en: 'a quote within a cell', zh: '单元格中间的引号' },
    {
      en: 'Put the whole cell in quotes and write each quote in it twice',
      zh: '请将整个单元格加上引号，其中每个引号写两遍',
    },
    '1"2,3',
  ),
  'blank-before-quote': kind(
    { en: 'a blank between comma and quote', zh: '逗号与引号之间有空格' },
    { en: 'Remove the blank', zh: '请去掉该空格' },
    '1, "2"',
  ),
  'lone-carriage-return': kind(
    { en: 'a carriage return within a line', zh: '行内的回车符' },
    { en: 'Put the text in quotes, or remove the carriage return', zh: '请给该文本加引号，或去掉回车符' },
    '1\r2,3',
  ),
} as const;
