import type { DemandState } from '../../schemas/contracts/demands.ts';
import type { Gap } from '../../schemas/contracts/themes.ts';
import type { Words } from '../../schemas/words/language.ts';

export const demandStates: Readonly<Record<DemandState, Words>> = {
  open: { en: 'open', zh: '待匹配' },
  matched: { en: 'matched', zh: '已匹配' },
  negotiating: { en: 'negotiating', zh: '协商中' },
  satisfied: { en: 'satisfied', zh: '已满足' },
  declined: { en: 'declined', zh: '不予提供' },
  withdrawn: { en: 'withdrawn', zh: '已撤回' },
};

/** What a need lacks first. */
export const gaps: Readonly<Record<Gap, Words>> = {
  'not-matched': { en: 'not in the catalog yet', zh: '目录中尚无匹配' },
  'not-agreed': { en: 'no agreement yet', zh: '尚未提出协议' },
  'under-negotiation': { en: 'agreement under way', zh: '协议协商中' },
  suspended: { en: 'agreement suspended', zh: '协议暂停' },
  'not-delivered': { en: 'nothing delivered yet', zh: '尚未交付' },
  behind: { en: 'newest data not delivered', zh: '最新数据未交付' },
  'source-late': { en: 'source is late', zh: '来源逾期未更新' },
  declined: { en: 'declined by all asked', zh: '被询部门均不提供' },
  withdrawn: { en: 'withdrawn', zh: '已撤回' },
};

/** What stands over the columns of demands and themes. */
export const demandLabels = {
  theme: { en: 'theme', zh: '主题' },
  lead: { en: 'lead', zh: '牵头部门' },
  members: { en: 'members', zh: '成员' },
  demand: { en: 'demand', zh: '需求编号' },
  needed: { en: 'needed', zh: '需求名称' },
  demander: { en: 'demander', zh: '需求部门' },
  asked: { en: 'asked', zh: '被询部门' },
  by: { en: 'needed by', zh: '需要日期' },
  score: { en: 'score', zh: '匹配度' },
  catalogued: { en: 'catalogued', zh: '已编目' },
  agreed: { en: 'agreed', zh: '已签约' },
  delivered: { en: 'delivered', zh: '已交付' },
  current: { en: 'current', zh: '现势' },
  lacks: { en: 'lacks', zh: '缺口' },
  declines: { en: 'declined by', zh: '不提供' },
} as const satisfies Readonly<Record<string, Words>>;
