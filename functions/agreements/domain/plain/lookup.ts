import type { LookupTerms } from '../../../../schemas/contracts/terms.ts';
import { clause, labelOf, quoted, type Clause, type Reading } from './clause.ts';
import { watchClauses } from './watch.ts';

/** By what, how often and why a record may be looked up. */
export function lookupClauses(terms: LookupTerms, { definition }: Reading): Clause[] {
  const { key, keys, perDay, perUserPerDay, reasons } = terms;
  return [
    clause('/terms/mode', {
      zh: '提供方式：查询，使用方逐件提出，平台只答复所查的记录。',
      en: 'By lookup: the consumer asks about a case, and the hub answers with the record asked for alone.',
    }),
    ...key.map((name, i): Clause => {
      const label = labelOf(name, definition);
      return clause(`/terms/key/${i}`, {
        zh: `查询时须给出${label.zh}。`,
        en: `Whoever asks gives ${label.en}.`,
      });
    }),
    clause('/terms/keys', {
      zh: `一次查询最多 ${keys} 条记录，须属同一案件，并写明案号。`,
      en: `One lookup asks about ${keys} ${keys === 1 ? 'record' : 'records'} at most, of one case, whose number it states.`,
    }),
    clause('/terms/perDay', {
      zh: `使用方每天最多查询 ${perDay} 条记录。`,
      en: `The consumer looks up ${perDay} ${perDay === 1 ? 'record' : 'records'} a day at most.`,
    }),
    clause('/terms/perUserPerDay', {
      zh: `每个用户每天最多查询 ${perUserPerDay} 条记录。`,
      en: `Each of its users looks up ${perUserPerDay} ${perUserPerDay === 1 ? 'record' : 'records'} a day at most.`,
    }),
    ...reasons.map((reason, i) =>
      clause(`/terms/reasons/${i}`, {
        zh: `可以查询的事由之${i + 1}：${quoted(reason)}。`,
        en: `Reason ${i + 1} for which a record may be looked up: ${quoted(reason)}.`,
      }),
    ),
    ...watchClauses(terms),
    clause('/rules/lookups', {
      zh: '每次查询的人员、时间、案号和事由均留存记录；不符合约定条件的记录，与不存在的记录答复相同。',
      en: 'Who asked, when, about which case and why is kept on record. A record outside these terms is answered like one that does not exist.',
    }),
  ];
}
