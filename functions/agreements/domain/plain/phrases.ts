import type { Terms } from '../../../../schemas/contracts/terms.ts';
import type { Words } from '../../../../schemas/words/language.ts';

/** What agreements of every mode say, each mode in its own words. */
interface Phrases {
  readonly allRecords: Words;
  /** `label` names a field, `holds` says what it has to be. */
  readonly recordsWhose: (label: Words, holds: Words) => Words;
  readonly allConditions: Words;
  /** After the last day of validity; in Chinese the rest of a sentence. */
  readonly over: Words;
  /** While the agreement is suspended; in Chinese the rest of a sentence. */
  readonly suspended: Words;
  /** Until a day, of an older version of the resource. */
  readonly outdated: (day: string) => Words;
  /** What becomes of one answer after so many days. */
  readonly kept: (days: number) => Words;
  /** What the consumer does while the agreement is in force. */
  readonly consumer: Words;
}

export const phrases: Readonly<Record<Terms['mode'], Phrases>> = {
  delivery: {
    allRecords: { zh: '提供全部记录。', en: 'All records are delivered.' },
    recordsWhose: (label, holds) => ({
      zh: `只提供${label.zh}${holds.zh}的记录。`,
      en: `Only records are delivered whose ${label.en} ${holds.en}.`,
    }),
    allConditions: {
      zh: '记录须同时满足以上全部条件；条件所涉字段为空的记录不提供。',
      en: 'A record has to fulfil every condition above; one without a value where a condition asks for one is not delivered.',
    },
    over: { zh: '不再交付', en: 'delivers nothing more' },
    suspended: { zh: '没有交付', en: 'nothing is delivered' },
    outdated: (day) => ({ zh: `旧版交付至 ${day}`, en: `The old version is delivered until ${day}` }),
    kept: (days) => ({
      zh: `每次交付自发出之日起保留 ${days} 天，届时平台不再提供，使用方须销毁`,
      en: `each delivery is kept for ${days} days after it went out; then the hub no longer holds it and the consumer destroys its copy`,
    }),
    consumer: {
      zh: '收取交付并回执，只按约定用途使用，到期销毁',
      en: 'fetches each delivery and gives a receipt, uses it for the purpose agreed upon only, and destroys it in time',
    },
  },
  lookup: {
    allRecords: { zh: '可以查询全部记录。', en: 'Every record can be looked up.' },
    recordsWhose: (label, holds) => ({
      zh: `只能查到${label.zh}${holds.zh}的记录。`,
      en: `Only records can be looked up whose ${label.en} ${holds.en}.`,
    }),
    allConditions: {
      zh: '记录须同时满足以上全部条件；条件所涉字段为空的记录查不到。',
      en: 'A record has to fulfil every condition above; one without a value where a condition asks for one cannot be looked up.',
    },
    over: { zh: '不再答复查询', en: 'answers no more lookups' },
    suspended: { zh: '不能查询', en: 'nothing can be looked up' },
    outdated: (day) => ({ zh: `按旧版查询至 ${day}`, en: `Records are looked up as before until ${day}` }),
    kept: (days) => ({
      zh: `查到的数据自答复之日起最多保留 ${days} 天，届时使用方须销毁`,
      en: `what an answer has is kept for ${days} days after it at most; then the consumer destroys it`,
    }),
    consumer: {
      zh: '只为约定的事由查询，只按约定用途使用，到期销毁',
      en: 'looks up records for the reasons agreed upon only, uses them for the purpose agreed upon only, and destroys them in time',
    },
  },
  comparison: {
    allRecords: { zh: '与全部记录比对。', en: 'Lists are compared with all records.' },
    recordsWhose: (label, holds) => ({
      zh: `只与${label.zh}${holds.zh}的记录比对。`,
      en: `Lists are compared only with records whose ${label.en} ${holds.en}.`,
    }),
    allConditions: {
      zh: '记录须同时满足以上全部条件；条件所涉字段为空的记录不参与比对。',
      en: 'A record has to fulfil every condition above; one without a value where a condition asks for one is not compared.',
    },
    over: { zh: '不再比对', en: 'compares nothing more' },
    suspended: { zh: '不能比对，也没有交付', en: 'nothing is compared or delivered' },
    outdated: (day) => ({ zh: `按旧版比对至 ${day}`, en: `Lists are compared as before until ${day}` }),
    kept: (days) => ({
      zh: `每次比对的结果自发出之日起保留 ${days} 天，届时平台不再提供，使用方须销毁`,
      en: `each result is kept for ${days} days after it went out; then the hub no longer holds it and the consumer destroys its copy`,
    }),
    consumer: {
      zh: '收取结果并回执，只按约定用途使用，到期销毁',
      en: 'fetches each result and gives a receipt, uses it for the purpose agreed upon only, and destroys it in time',
    },
  },
};
