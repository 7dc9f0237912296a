/** What stands in a table and is no record: totals, and remarks of whoever made it. */
const TOTALS = '合计|总计|小计|共计';
const REMARKS = '制表|填表|填报|审核|统计人|负责人|备注|说明';
const REMARKS_WITH_COLON =
  '注|编制|复核|校对|联系人|联系电话|单位|日期|数据来源|来源|截止|截至|打印|note|source|prepared|remarks?';

const TOTAL_WORD = new RegExp(`^(?:${TOTALS}|总数|total|sum|subtotal|grand total)[:：]?$`, 'i');
const NO_RECORD = new RegExp(String.raw`^[\s",]*(?:${TOTALS}|${REMARKS}|注[:：])`);
const REMARK = new RegExp(`^(?:${REMARKS}|${REMARKS_WITH_COLON})[^:：]{0,8}[:：]`, 'i');

/** A cell that says that its row adds up others; blanks may stand within, as in `合  计`. */
export const isTotalWord = (text: string): boolean =>
  TOTAL_WORD.test(text.replaceAll(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, ''));

/** A line that is no record, by how it begins. */
export const beginsNoRecord = (line: string): boolean => NO_RECORD.test(line);

/** A cell such as `制表人：张三`: a word for a remark, and a colon. */
export const isRemark = (text: string): boolean => REMARK.test(text.trim());
