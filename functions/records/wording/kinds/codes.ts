import { kind } from './words.ts';

const AS_TEXT = {
  en: 'Format the column as text in the spreadsheet and take the values from their source again: what was lost cannot be seen in the file',
  zh: '请在电子表格中将该列设为“文本”格式，并从原始数据重新取值：丢失的位数无法从文件中恢复',
};

/** Codes and values of lists. */
export const CODES = {
  'scientific-notation': kind(
    { en: 'long numbers that a spreadsheet shortened (1.23E+11)', zh: '被电子表格改成科学计数法的长数字' },
    AS_TEXT,
    '1.23E+11',
  ),
  'digits-rounded': kind(
    { en: 'long numbers whose last digits a spreadsheet made zeros', zh: '末几位被电子表格改成 0 的长数字' },
    AS_TEXT,
    '110105194912310000',
  ),
  'leading-zeros-lost': kind(
    { en: 'codes that lost their leading zeros', zh: '丢失前导零的代码' },
    { en: 'Format the column as text and write the zeros again', zh: '请将该列设为文本格式并补上前导零' },
    '10102',
  ),
  'leading-zeros-added': kind(
    { en: 'codes with leading zeros too many', zh: '多了前导零的代码' },
    { en: 'Leave out the zeros', zh: '请去掉多余的前导零' },
    '01',
  ),
  'lower-case': kind(
    { en: 'small letters where capitals are wanted', zh: '应大写而写成小写的字母' },
    { en: 'Write capitals', zh: '请改为大写' },
    'cny',
  ),
  'upper-case': kind(
    { en: 'capitals where small letters are wanted', zh: '应小写而写成大写的字母' },
    { en: 'Write small letters', zh: '请改为小写' },
    'AB',
  ),
  separators: kind(
    { en: 'codes with hyphens, blanks or points in them', zh: '中间带连字符、空格或点的代码' },
    { en: 'Write the code without them', zh: '请去掉这些符号' },
    '1101-02',
  ),
  'letter-for-digit': kind(
    { en: 'the letters O, I or l in place of 0 or 1', zh: '把 0、1 写成字母 O、I、l' },
    { en: 'Write the digits', zh: '请改为数字' },
    '11O102',
  ),
  'credit-code': kind(
    { en: 'unified social credit codes (18 characters)', zh: '统一社会信用代码（18 位）' },
    {
      en: 'Write what the field asks for; characters 9 to 17 of the credit code are the organisation code',
      zh: '请填写字段要求的代码；信用代码第 9 至 17 位即组织机构代码',
    },
    '91350100M000100Y43',
  ),
  'organisation-code': kind(
    { en: 'organisation codes (9 characters)', zh: '组织机构代码（9 位）' },
    { en: 'Write the unified social credit code of 18 characters', zh: '请填写 18 位统一社会信用代码' },
    '00251805-7',
  ),
  'registration-number': kind(
    { en: 'old registration numbers (15 digits)', zh: '旧的工商注册号（15 位）' },
    { en: 'Write the unified social credit code of 18 characters', zh: '请填写 18 位统一社会信用代码' },
    '110000000000017',
  ),
  'identity-number-of-15': kind(
    { en: 'identity numbers of the first generation (15 digits)', zh: '第一代身份证号码（15 位）' },
    { en: 'Write the number of 18 characters', zh: '请填写 18 位号码' },
    '110105491231002',
  ),
  'label-for-code': kind(
    { en: 'the label in place of the code', zh: '把名称写在了代码处' },
    { en: 'Write the code', zh: '请填写代码' },
    '企业',
  ),
  'code-with-label': kind(
    { en: 'the code together with its label', zh: '代码与名称写在一起' },
    { en: 'Write the code alone', zh: '请只填写代码' },
    '1-企业',
  ),
  'yes-no-word': kind(
    { en: 'words for yes or no that the field does not know', zh: '字段不认识的是非写法' },
    { en: 'Write one of the values that the field expects', zh: '请填写字段要求的取值' },
    '是',
  ),
  'one-too-long': kind(
    { en: 'codes with one character too many', zh: '多一位的代码' },
    { en: 'Compare them with the source', zh: '请与原始资料核对' },
    '1101022',
  ),
  'one-too-short': kind(
    { en: 'codes with one character too few', zh: '少一位的代码' },
    { en: 'Compare them with the source', zh: '请与原始资料核对' },
    'A1',
  ),
  'wrong-check-character': kind(
    { en: 'codes with a typing error: the check character does not fit', zh: '校验码不符，可能有录入错误' },
    { en: 'Compare them with the certificate', zh: '请与证照核对' },
    '00251805-8',
  ),
  masked: kind(
    { en: 'masked values (***)', zh: '已打码（***）的值' },
    {
      en: 'Take the whole values from their source: the hub masks what consumers may not see',
      zh: '请从原始数据取完整值：脱敏由共享平台完成',
    },
    '110105********002X',
  ),
  'latitude-first': kind(
    { en: 'points with the latitude first', zh: '纬度在前的坐标' },
    { en: 'Write the longitude first: 116.39, 39.91', zh: '请将经度写在前面：116.39, 39.91' },
    '39.91, 116.39',
  ),
} as const;
