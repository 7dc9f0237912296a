import { kind } from './words.ts';

/** Numbers that are written in another way than the field wants. */
export const NUMBERS = {
  'thousands-separators': kind(
    { en: 'numbers with thousands separators', zh: '带千位分隔符的数字' },
    { en: 'Write digits alone: 1200', zh: '请只写数字：1200' },
    '1,200',
  ),
  'decimal-comma': kind(
    { en: 'numbers with a decimal comma', zh: '以逗号作小数点的数字' },
    { en: 'Write a point: 12.5', zh: '请用小数点：12.5' },
    '12,5',
  ),
  'accounting-negative': kind(
    { en: 'negative numbers in brackets', zh: '用括号表示的负数' },
    { en: 'Write a minus: -1200', zh: '请用负号：-1200' },
    '(1200)',
  ),
  'ten-thousands': kind(
    { en: 'amounts in hundreds, 万 or 亿', zh: '以百、万、亿为单位的数' },
    { en: 'Write the amount in full, in the unit of the field', zh: '请按字段的单位写出完整数字' },
    '120万元',
  ),
  unit: kind(
    { en: 'numbers with a unit or a sign', zh: '带单位或符号的数字' },
    { en: 'Write the number alone', zh: '请只写数字' },
    '1200元',
  ),
  'point-zero': kind(
    { en: 'whole numbers with .0 behind them', zh: '末尾带 .0 的整数' },
    {
      en: 'Leave out the .0: format the column without decimals, or as text',
      zh: '请去掉 .0：将该列设为无小数或文本格式',
    },
    '1200.0',
  ),
  decimals: kind(
    { en: 'numbers with decimals', zh: '带小数的数字' },
    { en: 'Write whole numbers', zh: '请填写整数' },
    '12.5',
  ),
  'chinese-numerals': kind(
    { en: 'numbers in Chinese characters', zh: '汉字数字' },
    { en: 'Write digits', zh: '请用阿拉伯数字' },
    '一百二十',
  ),
} as const;
