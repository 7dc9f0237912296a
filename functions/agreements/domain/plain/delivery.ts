import type { DeliveryFormat, DeliveryTerms, Frequency } from '../../../../schemas/contracts/terms.ts';
import type { Content } from '../../../../schemas/contracts/uploads.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import { clause, type Clause } from './clause.ts';

const mode: Words = {
  zh: '提供方式：推送，平台将数据送达使用方。',
  en: 'By delivery: the hub sends the data to the consumer.',
};

const contents: Readonly<Record<Content, Words>> = {
  snapshot: {
    zh: '每次交付全部符合约定的记录，替换此前的交付。',
    en: 'Each delivery has all the records agreed upon and replaces the one before it.',
  },
  changes: {
    zh: '首次交付全部符合约定的记录，此后每次只交付自上次以来的变化。',
    en: 'The first delivery has all the records agreed upon, each later one only what has changed since the one before it.',
  },
};

const formats: Readonly<Record<DeliveryFormat, Words>> = {
  csv: { zh: '文件格式：CSV（UTF-8 编码的文本表格）。', en: 'As CSV files: text tables in UTF-8.' },
  ndjson: { zh: '文件格式：NDJSON（每行一个 JSON 对象）。', en: 'As NDJSON files: one JSON object on each line.' },
  parquet: { zh: '文件格式：Parquet（列式文件）。', en: 'As Parquet files: tables stored by column.' },
  xlsx: { zh: '文件格式：XLSX（电子表格）。', en: 'As XLSX files: spreadsheets.' },
};

const frequencies: Readonly<Record<Frequency, Words>> = {
  'on-arrival': {
    zh: '交付频率：提供方每次更新数据并通过检查后立即交付。',
    en: 'Whenever the provider has uploaded new data and they passed the check, at once.',
  },
  hourly: { zh: '交付频率：每小时一次，有新数据才交付。', en: 'Once an hour, if there are new data.' },
  daily: { zh: '交付频率：每天一次，有新数据才交付。', en: 'Once a day, if there are new data.' },
  weekly: { zh: '交付频率：每周一一次，有新数据才交付。', en: 'Every Monday, if there are new data.' },
  monthly: {
    zh: '交付频率：每月 1 日一次，有新数据才交付。',
    en: 'On the first day of every month, if there are new data.',
  },
  quarterly: {
    zh: '交付频率：每季度首日一次，有新数据才交付。',
    en: 'On the first day of every quarter, if there are new data.',
  },
};

/** How often, when and in which form. */
export const deliveryClauses = ({ content, format, frequency, at }: DeliveryTerms, timeZone: string): Clause[] => [
  { path: '/terms/mode', words: mode },
  { path: '/terms/frequency', words: frequencies[frequency] },
  clause('/terms/at', {
    zh: `约定时刻：${at}（${timeZone} 时间）；按小时交付只取其中的分钟，即时交付不受此限。`,
    en: `Time of day: ${at} (${timeZone}); hourly deliveries take its minutes only, deliveries on arrival do not wait for it.`,
  }),
  { path: '/terms/content', words: contents[content] },
  { path: '/terms/format', words: formats[format] },
];
