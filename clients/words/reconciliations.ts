import type { Reconciliation, ReconciliationEnd } from '../../schemas/contracts/reconciliations.ts';
import type { Frequency } from '../../schemas/contracts/terms.ts';
import type { Words } from '../../schemas/words/language.ts';

export const reconciliationStates: Readonly<Record<Reconciliation['state'], Words>> = {
  active: { en: 'in force', zh: '执行中' },
  ended: { en: 'ended', zh: '已终止' },
};

export const reconciliationEnds: Readonly<Record<ReconciliationEnd, Words>> = {
  consumer: { en: 'taken back', zh: '使用方撤回' },
  'agreement-over': { en: 'the agreement is over', zh: '共享协议已终止' },
  'terms-replaced': { en: 'the terms in force do not let it be repeated', zh: '现行条款不再允许重复比对' },
  'list-retired': { en: 'the resource that is its list was retired', zh: '作为清单的信息资源已停用' },
};

/** When it is run, if either side has anything new. */
export const periods: Readonly<Record<Frequency, Words>> = {
  'on-arrival': { en: 'when new data come', zh: '有新数据时' },
  hourly: { en: 'hourly', zh: '每小时' },
  daily: { en: 'daily', zh: '每日' },
  weekly: { en: 'weekly, on Monday', zh: '每周一' },
  monthly: { en: 'monthly, on day 1', zh: '每月1日' },
  quarterly: { en: 'quarterly, on day 1', zh: '每季度首日' },
};
