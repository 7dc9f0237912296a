import type { Field } from '../../../schemas/contracts/definition.ts';
import type { Kind, Mends } from './codes.ts';

type Lexis = Pick<Field, 'type' | 'decimalChar'>;

const GROUPED = /^[+-]?\d{1,3}(?:[,，'’ \u00A0\u202F]\d{3})+(?:\.\d+)?$|^[+-]?\d{1,4}(?:[,，]\d{4})+(?:\.\d+)?$/;
const DECIMAL_COMMA = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+$/;
const IN_BRACKETS = /^[(（][\d,]+(?:\.\d+)?[)）]$/;
const TEN_THOUSANDS = /^[¥￥$]? ?[+-]?[\d,]+(?:\.\d+)? ?(?:[千百十]?[万亿]|千|百)/;
const WITH_UNIT = /^(?:[¥￥$€£]|RMB|CNY|USD|人民币)? ?([+-]?[\d,]+(?:\.\d+)?) ?(?:[%％‰]|[\p{L}²³]{1,6})?$/u;
const CHINESE = /^[负]?[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟点整元]+$/;
const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E[+-]?\d+$/i;

/** The digits of a number with a currency or a unit around; undefined where there is none. */
export const numberWithUnit = (text: string): string | undefined => WITH_UNIT.exec(text)?.[1]?.replaceAll(',', '');

/** How a number is written that its field does not read. */
export function numberKind(text: string, field: Lexis, mends: Mends): Kind | undefined {
  const number = (plain: string): boolean => mends(plain.replace('.', field.decimalChar ?? '.'));
  if (field.type === 'integer' && /^[+-]?\d+[.,]0+$/.test(text)) return 'point-zero';
  if (SCIENTIFIC.test(text)) return 'scientific-notation';
  if (GROUPED.test(text) && (number(text.replaceAll(/[^\d.+-]/g, '')) || field.type === 'integer'))
    return 'thousands-separators';
  if (field.type === 'integer' && /^[+-]?\d*\.\d+$/.test(text)) return 'decimals';
  if (DECIMAL_COMMA.test(text) && number(text.replaceAll('.', '').replace(',', '.'))) return 'decimal-comma';
  if (IN_BRACKETS.test(text) && number(`-${text.slice(1, -1).replaceAll(',', '')}`)) return 'accounting-negative';
  if (TEN_THOUSANDS.test(text)) return 'ten-thousands';
  if (number(numberWithUnit(text) ?? text)) return 'unit';
  return CHINESE.test(text) ? 'chinese-numerals' : undefined;
}
