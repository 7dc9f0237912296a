import type { Terms } from '../../../../schemas/contracts/terms.ts';
import { both, clause, type Clause, type Reading, type Words } from './clause.ts';

const modes: Readonly<Record<Terms['mode'], Words>> = {
  delivery: both('提供方式：推送，平台将数据送达使用方。', 'By delivery: the hub sends the data to the consumer.'),
};

const contents: Readonly<Record<Terms['content'], Words>> = {
  snapshot: both(
    '每次交付全部符合约定的记录，替换此前的交付。',
    'Each delivery has all the records agreed upon and replaces the one before it.',
  ),
  changes: both(
    '首次交付全部符合约定的记录，此后每次只交付自上次以来的变化。',
    'The first delivery has all the records agreed upon, each later one only what has changed since the one before it.',
  ),
};

const formats: Readonly<Record<Terms['format'], Words>> = {
  csv: both('文件格式：CSV（UTF-8 编码的文本表格）。', 'As CSV files: text tables in UTF-8.'),
  ndjson: both('文件格式：NDJSON（每行一个 JSON 对象）。', 'As NDJSON files: one JSON object on each line.'),
  parquet: both('文件格式：Parquet（列式文件）。', 'As Parquet files: tables stored by column.'),
  xlsx: both('文件格式：XLSX（电子表格）。', 'As XLSX files: spreadsheets.'),
};

const frequencies: Readonly<Record<Terms['frequency'], Words>> = {
  'on-arrival': both(
    '交付频率：提供方每次更新数据并通过检查后立即交付。',
    'Whenever the provider has uploaded new data and they passed the check, at once.',
  ),
  hourly: both('交付频率：每小时一次，有新数据才交付。', 'Once an hour, if there are new data.'),
  daily: both('交付频率：每天一次，有新数据才交付。', 'Once a day, if there are new data.'),
  weekly: both('交付频率：每周一一次，有新数据才交付。', 'Every Monday, if there are new data.'),
  monthly: both('交付频率：每月 1 日一次，有新数据才交付。', 'On the first day of every month, if there are new data.'),
  quarterly: both(
    '交付频率：每季度首日一次，有新数据才交付。',
    'On the first day of every quarter, if there are new data.',
  ),
};

/** How often, when and in which form. */
export function deliveryClauses({ version: { terms }, timeZone }: Reading): Clause[] {
  const { mode, content, format, frequency, at } = terms;
  return [
    { path: '/terms/mode', words: modes[mode] },
    { path: '/terms/frequency', words: frequencies[frequency] },
    clause(
      '/terms/at',
      `约定时刻：${at}（${timeZone} 时间）；按小时交付只取其中的分钟，即时交付不受此限。`,
      `Time of day: ${at} (${timeZone}); hourly deliveries take its minutes only, deliveries on arrival do not wait for it.`,
    ),
    { path: '/terms/content', words: contents[content] },
    { path: '/terms/format', words: formats[format] },
  ];
}
