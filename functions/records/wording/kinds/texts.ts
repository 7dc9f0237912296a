import { kind } from './words.ts';

const FROM_SOURCE = { en: 'Take the values from their source again', zh: '请从原始数据重新取值' };

/** What happens to values of every type. */
export const TEXTS = {
  'header-again': kind(
    { en: 'the header once more, among the records', zh: '记录中间又出现表头' },
    { en: 'Delete these lines; they come from putting files together', zh: '请删除这些行，它们多由拼接文件产生' },
    'a',
  ),
  'total-line': kind(
    { en: 'lines of totals or remarks', zh: '合计行或备注行' },
    { en: 'Delete these lines: a file has records alone', zh: '请删除这些行：文件中只应有记录' },
    '合计',
  ),
  'missing-word': kind(
    { en: 'words for "no value" (NULL, N/A, -, 无)', zh: '表示“无”的词语（NULL、N/A、-、无）' },
    { en: 'Leave the cell empty, or write the value where one is required', zh: '请留空；必填项请填写实际值' },
    'NULL',
  ),
  'blanks-only': kind(
    { en: 'cells with nothing but blanks', zh: '只有空格的单元格' },
    { en: 'Leave the cell empty, or write the value where one is required', zh: '请留空；必填项请填写实际值' },
    '  ',
  ),
  'spreadsheet-error': kind(
    { en: 'errors of a spreadsheet (#N/A, #REF!, ####)', zh: '电子表格的错误值（#N/A、#REF!、####）' },
    { en: 'Mend the formula, or widen the column, and save again', zh: '请修正公式或加宽列后重新保存' },
    '#N/A',
  ),
  'damaged-characters': kind(
    { en: 'characters damaged by a wrong encoding', zh: '因编码错误而损坏的字符（乱码）' },
    FROM_SOURCE,
    '锟斤拷',
  ),
  'formula-text': kind(
    { en: 'formulas in place of text (="…")', zh: '用公式书写的文本（="…"）' },
    { en: 'Write the value alone, without ="…"', zh: '请只写值，去掉 ="…"' },
    '="110102"',
  ),
  apostrophe: kind(
    { en: 'values behind an apostrophe', zh: '以撇号开头的值' },
    { en: 'Remove the apostrophe before the value', zh: '请去掉值前面的撇号' },
    "'110102",
  ),
  'outer-blanks': kind(
    { en: 'values with blanks before or behind them', zh: '前后有空格的值' },
    { en: 'Remove the blanks', zh: '请去掉前后空格' },
    '110102 ',
  ),
  'invisible-characters': kind(
    { en: 'values with invisible characters in them', zh: '含有不可见字符的值' },
    {
      en: 'Remove them: type the value again, or use CLEAN() of the spreadsheet',
      zh: '请去掉不可见字符：重新录入，或用电子表格的 CLEAN() 函数',
    },
    '110102\u200B',
  ),
  'full-width': kind(
    { en: 'full-width characters', zh: '全角字符' },
    { en: 'Write half-width digits, letters and signs', zh: '请改为半角数字、字母和符号' },
    '１１０１０２',
  ),
} as const;
