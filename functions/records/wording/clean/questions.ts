import type { Words } from '../../../../schemas/words/language.ts';
import type { Question, QuestionKind } from '../../clean/contract.ts';
import { number } from '../language.ts';

interface About {
  readonly subject: string;
  readonly count: number;
  readonly places: string;
}

type Ask = (question: About) => Words;

/** A question without words does not compile. */
const ASK: Readonly<Record<QuestionKind, Ask>> = {
  sheet: ({ places }) => ({
    en: `Several sheets look like the resource: ${places}. Which one is it?`,
    zh: `有多张工作表符合该信息资源：${places}。使用哪一张？`,
  }),
  header: () => ({
    en: 'No row names the fields. In which row are the names of the columns? (none: there is no such row, and the columns are the fields in their order)',
    zh: '没有一行列出信息项的名称。列名在第几行？（none：没有表头，各列依次为各信息项）',
  }),
  column: ({ subject, places }) => ({
    en: `Column ${places}${subject === '' ? ' has no name' : ` is called “${subject}”`}. Which field is it?`,
    zh: `${places} 列${subject === '' ? '没有名称' : `名为“${subject}”`}。它是哪个信息项？`,
  }),
  dates: ({ subject, places, count }) => ({
    en: `${number(count)} ${count === 1 ? 'date' : 'dates'} of ${subject} may have day or month first (${places}). Which comes first?`,
    zh: `${subject} 有 ${number(count)} 个日期分不清先日后月还是先月后日（${places}）。哪个在前？`,
  }),
  totals: ({ places, count }) => ({
    en: `${number(count)} ${count === 1 ? 'row looks' : 'rows look'} like a total or a remark, though nothing is wrong in it (row ${places}). Leave out?`,
    zh: `${number(count)} 行像是合计或备注，但内容没有错误（第 ${places} 行）。是否去掉？`,
  }),
  headings: ({ places, count }) => ({
    en: `${number(count)} ${count === 1 ? 'row has' : 'rows have'} a single cell among the records (row ${places}). Leave out as headings?`,
    zh: `记录中间有 ${number(count)} 行只有一个单元格（第 ${places} 行）。是否作为小标题去掉？`,
  }),
  unit: ({ subject, places, count }) => ({
    en: `${number(count)} values of ${subject} have a unit or a currency (${places}). Keep the number alone?`,
    zh: `${subject} 有 ${number(count)} 个值带单位或货币符号（${places}）。是否只保留数字？`,
  }),
  'decimal-comma': ({ subject, places, count }) => ({
    en: `${number(count)} values of ${subject} have a comma before the decimals (${places}). Write a point instead?`,
    zh: `${subject} 有 ${number(count)} 个值以逗号作小数点（${places}）。是否改为小数点？`,
  }),
  'letter-for-digit': ({ subject, places, count }) => ({
    en: `${number(count)} values of ${subject} have a letter where a digit belongs (${places}). Write 0 for O and 1 for I and l?`,
    zh: `${subject} 有 ${number(count)} 个值在数字位上写了字母（${places}）。是否把 O 改为 0，I、l 改为 1？`,
  }),
  'date-and-time': ({ subject, places, count }) => ({
    en: `${number(count)} values of ${subject} have a time behind the date (${places}). Keep the date alone?`,
    zh: `${subject} 有 ${number(count)} 个值在日期后带时间（${places}）。是否只保留日期？`,
  }),
  'date-alone': ({ subject, places, count }) => ({
    en: `${number(count)} values of ${subject} have no time (${places}). Write midnight?`,
    zh: `${subject} 有 ${number(count)} 个值没有时间（${places}）。是否写为零点？`,
  }),
  'whole-date': ({ subject, places, count }) => ({
    en: `${number(count)} values of ${subject} are whole dates (${places}). Leave out what the field does not have?`,
    zh: `${subject} 有 ${number(count)} 个值是完整日期（${places}）。是否去掉该信息项不含的部分？`,
  }),
};

export const askInWords = ({ about, subject = '', count = 0, places }: Question): Words =>
  ASK[about]({ subject, count, places: places.join(', ') });
