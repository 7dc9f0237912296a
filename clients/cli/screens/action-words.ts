import type { AgreementAction } from '../../../schemas/contracts/agreements.ts';
import type { Look } from '../look.ts';

const chinese: Readonly<Record<AgreementAction, string>> = {
  propose: '提出',
  counter: '提出其他条款',
  comment: '发表意见',
  accept: '接受',
  approve: '同意',
  sign: '签署',
  file: '备案',
  withdraw: '撤回',
  suspend: '中止',
  resume: '解除中止',
  terminate: '终止',
  expire: '到期',
  outdate: '与新版本不符',
  restore: '恢复相符',
  dispute: '提出争议',
  answer: '答复争议',
  decide: '裁定争议',
  dispose: '声明处置',
};

/** A step of the history; in English the word that the API has for it. */
export const actionWord = (action: AgreementAction, { lang }: Pick<Look, 'lang'>): string =>
  lang === 'zh' ? chinese[action] : action;
