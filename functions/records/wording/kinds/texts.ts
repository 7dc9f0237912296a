import { both } from '../language.ts';
import { kind } from './words.ts';

const FROM_SOURCE = both('Take the values from their source again', '请从原始数据重新取值');

/** What happens to values of every type. */
export const TEXTS = {
  'header-again': kind(
    both('the header once more, among the records', '记录中间又出现表头'),
    both('Delete these lines; they come from putting files together', '请删除这些行，它们多由拼接文件产生'),
    'a',
  ),
  'total-line': kind(
    both('lines of totals or remarks', '合计行或备注行'),
    both('Delete these lines: a file has records alone', '请删除这些行：文件中只应有记录'),
    '合计',
  ),
  'missing-word': kind(
    both('words for "no value" (NULL, N/A, -, 无)', '表示“无”的词语（NULL、N/A、-、无）'),
    both('Leave the cell empty, or write the value where one is required', '请留空；必填项请填写实际值'),
    'NULL',
  ),
  'blanks-only': kind(
    both('cells with nothing but blanks', '只有空格的单元格'),
    both('Leave the cell empty, or write the value where one is required', '请留空；必填项请填写实际值'),
    '  ',
  ),
  'spreadsheet-error': kind(
    both('errors of a spreadsheet (#N/A, #REF!, ####)', '电子表格的错误值（#N/A、#REF!、####）'),
    both('Mend the formula, or widen the column, and save again', '请修正公式或加宽列后重新保存'),
    '#N/A',
  ),
  'damaged-characters': kind(
    both('characters damaged by a wrong encoding', '因编码错误而损坏的字符（乱码）'),
    FROM_SOURCE,
    '锟斤拷',
  ),
  'formula-text': kind(
    both('formulas in place of text (="…")', '用公式书写的文本（="…"）'),
    both('Write the value alone, without ="…"', '请只写值，去掉 ="…"'),
    '="110102"',
  ),
  apostrophe: kind(
    both('values behind an apostrophe', '以撇号开头的值'),
    both('Remove the apostrophe before the value', '请去掉值前面的撇号'),
    "'110102",
  ),
  'outer-blanks': kind(
    both('values with blanks before or behind them', '前后有空格的值'),
    both('Remove the blanks', '请去掉前后空格'),
    '110102 ',
  ),
  'invisible-characters': kind(
    both('values with invisible characters in them', '含有不可见字符的值'),
    both(
      'Remove them: type the value again, or use CLEAN() of the spreadsheet',
      '请去掉不可见字符：重新录入，或用电子表格的 CLEAN() 函数',
    ),
    '110102\u200B',
  ),
  'full-width': kind(
    both('full-width characters', '全角字符'),
    both('Write half-width digits, letters and signs', '请改为半角数字、字母和符号'),
    '１１０１０２',
  ),
} as const;
