import type { DutyId } from '../../../schemas/contracts/duties.ts';
import type { Look } from '../look.ts';
import { either } from './words.ts';

const duties: Readonly<Record<DutyId, readonly [en: string, zh: string]>> = {
  'reply-to-request': ['accept the terms or propose others', '接受条款或提出其他条款'],
  sign: ['sign', '签署'],
  file: ['file', '备案'],
  'first-delivery': ['first delivery', '首次交付'],
  'answer-demand': ['answer the demand', '答复需求'],
  'answer-dispute': ['answer the dispute', '答复争议'],
  'decide-dispute': ['decide the dispute', '裁定争议'],
  'disposal-statement': ['state how the data were disposed of', '提交处置声明'],
  renewal: ['renew before the last day', '到期前续签'],
  'amend-outdated': ['amend: a newer version breaks the terms', '修订条款以适应新版本'],
  provide: ['provide new data', '上报新数据'],
  receive: ['fetch and confirm a delivery', '收取交付并回执'],
};

const isKnown = (duty: string): duty is DutyId => Object.hasOwn(duties, duty);

/** What is owed, in words; a duty that this tool does not know by its own name. */
export const dutyWord = (duty: string, look: Pick<Look, 'lang'>): string =>
  isKnown(duty) ? either(look, ...duties[duty]) : duty;
