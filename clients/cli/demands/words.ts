import type { DemandState } from '../../../schemas/contracts/demands.ts';
import type { Gap } from '../../../schemas/contracts/themes.ts';
import type { Look } from '../look.ts';

type Texts<Key extends string> = Readonly<Record<Key, readonly [en: string, zh: string]>>;

const states: Texts<DemandState> = {
  open: ['open', '待匹配'],
  matched: ['matched', '已匹配'],
  negotiating: ['negotiating', '协商中'],
  satisfied: ['satisfied', '已满足'],
  declined: ['declined', '不予提供'],
  withdrawn: ['withdrawn', '已撤回'],
};

const gaps: Texts<Gap> = {
  'not-matched': ['not in the catalog yet', '目录中尚无匹配'],
  'not-agreed': ['no agreement yet', '尚未提出协议'],
  'under-negotiation': ['agreement under way', '协议协商中'],
  suspended: ['agreement suspended', '协议暂停'],
  'not-delivered': ['nothing delivered yet', '尚未交付'],
  behind: ['newest data not delivered', '最新数据未交付'],
  'source-late': ['source is late', '来源逾期未更新'],
  declined: ['declined by all asked', '被询部门均不提供'],
  withdrawn: ['withdrawn', '已撤回'],
};

const heads = {
  theme: ['theme', '主题'],
  lead: ['lead', '牵头部门'],
  members: ['members', '成员'],
  demand: ['demand', '需求编号'],
  needed: ['needed', '需求名称'],
  demander: ['demander', '需求部门'],
  asked: ['asked', '被询部门'],
  by: ['needed by', '需要日期'],
  score: ['score', '匹配度'],
  catalogued: ['catalogued', '已编目'],
  agreed: ['agreed', '已签约'],
  delivered: ['delivered', '已交付'],
  current: ['current', '现势'],
  lacks: ['lacks', '缺口'],
  declines: ['declined by', '不提供'],
} as const satisfies Texts<string>;

const chosen = ([en, zh]: readonly [string, string], { lang }: Pick<Look, 'lang'>): string => (lang === 'zh' ? zh : en);

export const stateWord = (state: DemandState, look: Look): string => chosen(states[state], look);
export const gapWord = (gap: Gap, look: Look): string => chosen(gaps[gap], look);
export const head = (key: keyof typeof heads, look: Look): string => chosen(heads[key], look);
