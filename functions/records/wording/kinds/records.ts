import { both } from '../language.ts';
import { kind } from './words.ts';

/** Faults of whole records. */
export const RECORDS = {
  'blank-line': kind(
    both('blank lines between records', '记录之间的空行'),
    both('Delete the blank lines', '请删除空行'),
    '',
  ),
  'other-delimiter': kind(
    both('cells that another character than the comma separates', '不是用逗号分隔的单元格'),
    both('Separate cells with commas', '请用英文逗号分隔单元格'),
    '1;2',
  ),
  'trailing-comma': kind(
    both('lines with commas too many at their end', '行末有多余的逗号'),
    both('Remove the empty columns at the right and save again', '请删除右侧的空列后重新保存'),
    '1,2,',
  ),
  'one-cell-too-many': kind(
    both('a comma in a text without quotes', '未加引号的文本中含有逗号'),
    both('Put the text that has the comma in quotes', '请给含逗号的文本加上引号'),
    '1,2,3',
  ),
  'one-cell-too-few': kind(
    both('a cell that is missing', '缺少一个单元格'),
    both(
      'Add the cell, or the comma before it; an empty cell has its comma too',
      '请补上该单元格及其前面的逗号；空单元格也要有逗号',
    ),
    '1',
  ),
  'gb18030-text': kind(
    both('GB18030 (GBK) text in a file announced as UTF-8', '申报为 UTF-8 的文件中的 GB18030（GBK）文本'),
    both('Announce the file as gb18030, or save it as UTF-8', '请按 gb18030 申报，或另存为 UTF-8'),
    '中文',
  ),
  'nul-character': kind(
    both('NUL characters', 'NUL 字符'),
    both('Let the exporting system leave them out', '请让导出系统去掉这些字符'),
    '1\0,2',
  ),
  'unclosed-quote': kind(
    both('a quote that is never closed', '没有闭合的引号'),
    both('Close the quote, or write it twice within a quoted cell', '请闭合引号；单元格内的引号须写两遍'),
    '1,"2',
  ),
  'stray-quote': kind(
    both('a quote within a cell', '单元格中间的引号'),
    both('Put the whole cell in quotes and write each quote in it twice', '请将整个单元格加上引号，其中每个引号写两遍'),
    '1"2,3',
  ),
  'blank-before-quote': kind(
    both('a blank between comma and quote', '逗号与引号之间有空格'),
    both('Remove the blank', '请去掉该空格'),
    '1, "2"',
  ),
  'lone-carriage-return': kind(
    both('a carriage return within a line', '行内的回车符'),
    both('Put the text in quotes, or remove the carriage return', '请给该文本加引号，或去掉回车符'),
    '1\r2,3',
  ),
} as const;
