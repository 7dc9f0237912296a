import { kind, type KindWords } from './words.ts';

/** For dates of whatever form: the definition says which one is wanted. */
const AS_DEFINED = {
  en: 'Write them in the form that the field expects; in a spreadsheet, give the column that format (such as yyyy-mm-dd) and save again',
  zh: '请改写为字段要求的形式；在电子表格中将该列格式设为 yyyy-mm-dd 等后重新保存',
};
const dates = (form: string, zh: string, example: string, en = ''): KindWords => ({
  like: { en: `${form}${en && ` (${en})`}`, zh: `${form}${zh && `（${zh}）`}的写法` },
  todo: AS_DEFINED,
  example,
});
/** Dates and times that are written in another way than the field wants. */
export const DATES = {
  'DD/MM/YYYY': dates('DD/MM/YYYY', '日/月/年', '31/12/2026'),
  'MM/DD/YYYY': dates('MM/DD/YYYY', '月/日/年', '12/31/2026'),
  'DD/MM/YYYY or MM/DD/YYYY': dates(
    'DD/MM/YYYY or MM/DD/YYYY',
    '日月先后不明',
    '01/02/2026',
    'which of the two the file does not tell',
  ),
  'DD-MM-YYYY': dates('DD-MM-YYYY', '日-月-年', '31-12-2026'),
  'MM-DD-YYYY': dates('MM-DD-YYYY', '月-日-年', '12-31-2026'),
  'DD-MM-YYYY or MM-DD-YYYY': dates(
    'DD-MM-YYYY or MM-DD-YYYY',
    '日月先后不明',
    '01-02-2026',
    'which of the two the file does not tell',
  ),
  'D.M.YYYY': dates('D.M.YYYY', '日.月.年', '31.12.2026'),
  'YYYY/MM/DD': dates('YYYY/MM/DD', '', '2026/12/31'),
  'YYYY.MM.DD': dates('YYYY.MM.DD', '', '2026.12.31'),
  YYYYMMDD: dates('YYYYMMDD', '', '20261231'),
  'YYYY-M-D': dates('YYYY-M-D', '月、日未补零', '2026-1-2', 'zeros before month and day are missing'),
  YYYY年M月D日: dates('YYYY年M月D日', '', '2026年12月31日'),
  'YYYY-MM-DD': dates('YYYY-MM-DD', '字段要求另一种形式', '2026-12-31', 'the field expects another form'),
  YYYYMM: dates('YYYYMM', '', '202612'),
  'YYYY/MM': dates('YYYY/MM', '', '2026/12'),
  YYYY年M月: dates('YYYY年M月', '', '2026年12月'),
  'two-digit-year': kind(
    { en: 'years of two digits', zh: '两位数的年份' },
    { en: 'Write all four digits of the year', zh: '请写出四位年份' },
    '26-12-31',
  ),
  'month-name': kind(
    { en: 'dates with the name of the month', zh: '用英文月份名书写的日期' },
    AS_DEFINED,
    '31-Dec-2026',
  ),
  'date-and-time': kind(
    { en: 'a date with a time of day', zh: '带有时刻的日期' },
    { en: 'Leave out the time of day', zh: '请去掉时刻，只保留要求的部分' },
    '2026-12-31 00:00:00',
  ),
  'date-alone': kind(
    { en: 'a date without a time of day', zh: '缺少时刻的日期' },
    { en: 'Add the time of day, as in 2026-12-31T15:30:00', zh: '请补上时刻，如 2026-12-31T15:30:00' },
    '2026-12-31',
  ),
  'blank-for-t': kind(
    { en: 'a blank between date and time', zh: '日期与时刻之间用空格分隔' },
    { en: 'Write T between date and time: 2026-12-31T15:30:00', zh: '请在日期与时刻之间写 T：2026-12-31T15:30:00' },
    '2026-12-31 15:30:00',
  ),
  'no-seconds': kind(
    { en: 'a time without seconds', zh: '缺少秒的时刻' },
    { en: 'Add the seconds: 15:30:00', zh: '请补上秒：15:30:00' },
    '15:30',
  ),
  'no-zero-before-hour': kind(
    { en: 'an hour of one digit', zh: '小时未补零' },
    { en: 'Write two digits: 09:30:00', zh: '请写两位：09:30:00' },
    '9:30:00',
  ),
  'twelve-hour-clock': kind(
    { en: 'a time with a.m. or p.m.', zh: '12 小时制的时刻' },
    { en: 'Write hours from 00 to 23: 15:30:00', zh: '请用 24 小时制：15:30:00' },
    '3:30 PM',
  ),
  'spreadsheet-date': kind(
    { en: 'the day number of a spreadsheet', zh: '电子表格的日期序号' },
    {
      en: 'Give the column a date format in the spreadsheet (yyyy-mm-dd) and save again',
      zh: '请在电子表格中将该列设为日期格式（yyyy-mm-dd）后重新保存',
    },
    '46387',
  ),
  'unix-time': kind(
    { en: 'seconds or milliseconds since 1970', zh: '时间戳（1970 年以来的秒或毫秒数）' },
    { en: 'Let the exporting system write dates', zh: '请让导出系统输出日期' },
    '1798675200',
  ),
  'incomplete-date': kind(
    { en: 'a date that lacks its day or month', zh: '不完整的日期（缺日或月）' },
    {
      en: 'Write the whole date, or leave the cell empty if it is not known',
      zh: '请写出完整日期；不详且非必填时请留空',
    },
    '2026',
  ),
  'whole-date': kind(
    { en: 'a whole date where less is wanted', zh: '写了完整日期' },
    { en: 'Leave out what the field does not want', zh: '请只保留字段要求的部分' },
    '2026-12-31',
  ),
  'no-such-day': kind(
    { en: 'a day that the calendar does not have', zh: '日历上不存在的日期' },
    { en: 'Compare it with the source', zh: '请与原始资料核对' },
    '2026-02-30',
  ),
  'zero-date': kind(
    { en: 'the zero date of a database or a spreadsheet', zh: '数据库或电子表格的零日期' },
    { en: 'Leave the cell empty if there is no date', zh: '没有日期时请留空' },
    '0000-00-00',
  ),
  'open-ended': kind(
    { en: 'words for "without an end"', zh: '“长期”等无期限的词语' },
    { en: 'Leave the cell empty if there is no date', zh: '没有日期时请留空' },
    '长期',
  ),
  'placeholder-date': kind(
    { en: 'a date that stands for "none" or "for ever"', zh: '表示“无”或“长期”的占位日期' },
    { en: 'Leave the cell empty if there is no date', zh: '没有日期时请留空' },
    '9999-12-31',
  ),
} as const;
