import type { DutyId } from '../../schemas/contracts/duties.ts';
import type { Words } from '../../schemas/words/language.ts';

const duties: Readonly<Record<DutyId, Words>> = {
  'reply-to-request': { en: 'accept the terms or propose others', zh: '接受条款或提出其他条款' },
  sign: { en: 'sign', zh: '签署' },
  consent: { en: 'consent to the use of your fields, or object', zh: '同意或反对使用本部门信息项' },
  file: { en: 'file', zh: '备案' },
  'first-delivery': { en: 'first delivery', zh: '首次交付' },
  'answer-demand': { en: 'answer the demand', zh: '答复需求' },
  'answer-dispute': { en: 'answer the dispute', zh: '答复争议' },
  'decide-dispute': { en: 'decide the dispute', zh: '裁定争议' },
  'disposal-statement': { en: 'state how the data were disposed of', zh: '提交处置声明' },
  renewal: { en: 'renew before the last day', zh: '到期前续签' },
  'amend-outdated': { en: 'amend: a newer version breaks the terms', zh: '修订条款以适应新版本' },
  provide: { en: 'provide new data', zh: '上报新数据' },
  'decide-comparison': { en: 'allow the comparison or decline it', zh: '答复数据比对申请' },
  receive: { en: 'fetch and confirm a delivery', zh: '收取交付并回执' },
};

const isKnown = (duty: string): duty is DutyId => Object.hasOwn(duties, duty);

/** What is owed; a duty that this client does not know is told by its own name. */
export const dutyWords = (duty: string): Words => (isKnown(duty) ? duties[duty] : { en: duty, zh: duty });

/** How a duty stands beside its day. */
export const standings = {
  overdue: { en: 'overdue', zh: '逾期' },
  reminder: { en: 'reminder', zh: '提醒' },
  /** Its day may still move: that year's public holidays are not announced yet. */
  provisional: { en: 'provisional', zh: '暂定' },
} as const satisfies Readonly<Record<string, Words>>;
