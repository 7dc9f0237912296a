import type { AgreementAction } from '../../schemas/contracts/agreements.ts';
import type { Words } from '../../schemas/words/language.ts';

/** A step of the history; in English the word that the API has for it. */
export const actionWords: Readonly<Record<AgreementAction, Words>> = {
  propose: { en: 'propose', zh: '提出' },
  counter: { en: 'counter', zh: '提出其他条款' },
  comment: { en: 'comment', zh: '发表意见' },
  accept: { en: 'accept', zh: '接受' },
  approve: { en: 'approve', zh: '同意' },
  sign: { en: 'sign', zh: '签署' },
  consent: { en: 'consent', zh: '同意使用其信息项' },
  object: { en: 'object', zh: '不同意使用其信息项' },
  file: { en: 'file', zh: '备案' },
  withdraw: { en: 'withdraw', zh: '撤回' },
  suspend: { en: 'suspend', zh: '中止' },
  resume: { en: 'resume', zh: '解除中止' },
  terminate: { en: 'terminate', zh: '终止' },
  expire: { en: 'expire', zh: '到期' },
  outdate: { en: 'outdate', zh: '与新版本不符' },
  restore: { en: 'restore', zh: '恢复相符' },
  dispute: { en: 'dispute', zh: '提出争议' },
  answer: { en: 'answer', zh: '答复争议' },
  decide: { en: 'decide', zh: '裁定争议' },
  dispose: { en: 'dispose', zh: '声明处置' },
};
