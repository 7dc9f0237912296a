import type { WatchEnd, WatchRefusalCode, WatchState } from '../../schemas/contracts/watches.ts';
import type { Words } from '../../schemas/words/language.ts';
import { comparisonRefusals } from './comparisons.ts';

export const watchStates: Readonly<Record<WatchState, Words>> = {
  awaiting: { en: 'awaits its keys', zh: '待上传主键清单' },
  received: { en: 'waits for its first look', zh: '待开始监测' },
  active: { en: 'watched', zh: '监测中' },
  refused: { en: 'refused', zh: '未能开始' },
  ended: { en: 'ended', zh: '已终止' },
  expired: { en: 'expired', zh: '已失效' },
};

export const watchEnds: Readonly<Record<WatchEnd, Words>> = {
  consumer: { en: 'taken back', zh: '使用方撤回' },
  'agreement-over': { en: 'the agreement is over', zh: '共享协议已终止' },
  'terms-replaced': { en: 'the terms in force let them be watched no more', zh: '现行条款不再允许监测' },
};

export const watchRefusals: Readonly<Record<WatchRefusalCode, Words>> = {
  ...comparisonRefusals,
  'invalid-keys': { en: 'rows without a key', zh: '部分行没有有效主键' },
  'too-many-keys': { en: 'more keys than may be watched at once', zh: '主键数超过可同时监测的上限' },
  'quota-exceeded': { en: 'more keys than may be lodged today', zh: '主键数超过当日可登记的上限' },
};
