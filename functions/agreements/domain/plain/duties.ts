import type { ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { Reshare } from '../../../../schemas/contracts/terms.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import { clause, quoted, type Clause, type Reading } from './clause.ts';
import { phrases } from './phrases.ts';

/** What for, and on what ground. */
export const basisClauses = ({ version: { terms } }: Reading): Clause[] => [
  clause('/terms/purpose', {
    zh: `使用方只能将数据用于：${quoted(terms.purpose)}。`,
    en: `The consumer may use the data for this purpose only: ${quoted(terms.purpose)}.`,
  }),
  clause('/terms/legalBasis', {
    zh: `法律依据：${quoted(terms.legalBasis)}。`,
    en: `Legal basis: ${quoted(terms.legalBasis)}.`,
  }),
];

export const validityClauses = ({ version: { terms } }: Reading): Clause[] => [
  clause('/terms/validFrom', {
    zh: `自 ${terms.validFrom} 起有效，当日计入。`,
    en: `Valid from ${terms.validFrom}, that day included.`,
  }),
  clause('/terms/validTo', {
    zh: `至 ${terms.validTo} 止，当日计入；期满后平台${phrases[terms.mode].over.zh}。`,
    en: `Valid to ${terms.validTo}, that day included; after it the hub ${phrases[terms.mode].over.en}.`,
  }),
];

const cycles: Readonly<Record<ResourceDefinition['updateCycle'], Words>> = {
  realtime: { zh: '实时更新', en: 'as things happen' },
  daily: { zh: '每天更新', en: 'every day' },
  weekly: { zh: '每周更新', en: 'every week' },
  monthly: { zh: '每月更新', en: 'every month' },
  quarterly: { zh: '每季度更新', en: 'every quarter' },
  semiannual: { zh: '每半年更新', en: 'every half year' },
  yearly: { zh: '每年更新', en: 'every year' },
  irregular: { zh: '有变化时更新', en: 'when they change' },
};

const resharing: Readonly<Record<Reshare, Words>> = {
  no: { zh: '使用义务：使用方不得将数据转交他人。', en: 'Use: the consumer must not pass the data on to anybody.' },
  derived: {
    zh: '使用义务：使用方不得将数据原样转交他人；由数据加工形成的信息资源，可经平台按不低于本协议的条件共享。',
    en: 'Use: the consumer must not pass the data on as they are. What it derives from them it may share through the hub, on terms no looser than these.',
  },
  consent: {
    zh: '使用义务：使用方不得将数据原样转交他人；由数据加工形成的信息资源，可经平台按不低于本协议的条件共享，且每份共享协议须经提供方同意。',
    en: 'Use: the consumer must not pass the data on as they are. What it derives from them it may share through the hub, on terms no looser than these, where the provider has consented to each agreement.',
  },
  yes: {
    zh: '使用义务：使用方可经平台将数据或由其加工形成的信息资源，按不低于本协议的条件共享。',
    en: 'Use: the consumer may share the data, and what it derives from them, through the hub, on terms no looser than these.',
  },
};

/** What either side has to do while the terms are in force, and after. */
export function dutyClauses({ version: { terms }, definition }: Reading): Clause[] {
  const { reshare } = terms;
  const { provision, use, disposal, security } = terms.duties;
  const kept = phrases[terms.mode].kept(disposal.retainDays);
  const cycle = cycles[definition.updateCycle];
  return [
    clause('/definition/updateCycle', {
      zh: `提供义务：提供方按目录载明的周期更新数据（${cycle.zh}）。`,
      en: `Provision: the provider brings the data up to date as the catalog says, ${cycle.en}.`,
    }),
    stated('/terms/duties/provision', provision, { zh: '提供义务的补充约定', en: 'Further agreed on provision' }),
    { path: reshare === undefined ? '/rules/resharing' : '/terms/reshare', words: resharing[reshare ?? 'no'] },
    stated('/terms/duties/use', use, { zh: '使用义务的补充约定', en: 'Further agreed on use' }),
    clause('/terms/duties/disposal/retainDays', {
      zh: `处置义务：${kept.zh}；协议结束后 ${disposal.retainDays} 天内，使用方须销毁全部数据并向平台提交处置声明。`,
      en: `Disposal: ${kept.en}. Within ${disposal.retainDays} days after the agreement ends the consumer destroys all it has and states so to the hub.`,
    }),
    stated('/terms/duties/security', security, {
      zh: '安全义务：使用方的保护措施',
      en: 'Security: how the consumer keeps the data safe',
    }),
  ];
}

const stated = (path: string, words: string, about: Words): Clause =>
  words === ''
    ? clause(path, { zh: `${about.zh}：无。`, en: `${about.en}: nothing.` })
    : clause(path, { zh: `${about.zh}：${quoted(words)}。`, en: `${about.en}: ${quoted(words)}.` });
