import { both } from '../language.ts';
import { kind } from './words.ts';

/** Numbers that are written in another way than the field wants. */
export const NUMBERS = {
  'thousands-separators': kind(
    both('numbers with thousands separators', '带千位分隔符的数字'),
    both('Write digits alone: 1200', '请只写数字：1200'),
    '1,200',
  ),
  'decimal-comma': kind(
    both('numbers with a decimal comma', '以逗号作小数点的数字'),
    both('Write a point: 12.5', '请用小数点：12.5'),
    '12,5',
  ),
  'accounting-negative': kind(
    both('negative numbers in brackets', '用括号表示的负数'),
    both('Write a minus: -1200', '请用负号：-1200'),
    '(1200)',
  ),
  'ten-thousands': kind(
    both('amounts in hundreds, 万 or 亿', '以百、万、亿为单位的数'),
    both('Write the amount in full, in the unit of the field', '请按字段的单位写出完整数字'),
    '120万元',
  ),
  unit: kind(
    both('numbers with a unit or a sign', '带单位或符号的数字'),
    both('Write the number alone', '请只写数字'),
    '1200元',
  ),
  'point-zero': kind(
    both('whole numbers with .0 behind them', '末尾带 .0 的整数'),
    both('Leave out the .0: format the column without decimals, or as text', '请去掉 .0：将该列设为无小数或文本格式'),
    '1200.0',
  ),
  decimals: kind(both('numbers with decimals', '带小数的数字'), both('Write whole numbers', '请填写整数'), '12.5'),
  'chinese-numerals': kind(
    both('numbers in Chinese characters', '汉字数字'),
    both('Write digits', '请用阿拉伯数字'),
    '一百二十',
  ),
} as const;
