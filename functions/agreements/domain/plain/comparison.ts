import type { ComparisonKind, ComparisonTerms } from '../../../../schemas/contracts/terms.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import { clause, labelOf, type Clause, type Reading } from './clause.ts';
import { watchClauses } from './watch.ts';

const kinds: Readonly<Record<ComparisonKind, Words>> = {
  verify: {
    zh: '核实：对名单的每一行，告知其与记录一致、不一致或无此记录，以及不一致的信息项。',
    en: 'Verify: of each row of the list it is told whether it agrees with its record, differs from it, or has none, and in which items it differs.',
  },
  intersect: {
    zh: '交集：告知名单中哪些行有对应记录。',
    en: 'Intersect: it is told which rows of the list have a record.',
  },
  except: {
    zh: '差集：告知名单中哪些行没有对应记录。',
    en: 'Except: it is told which rows of the list have no record.',
  },
  missing: {
    zh: '补漏：提供名单中没有的记录。',
    en: 'Missing: the records are given that are not on the list.',
  },
  link: {
    zh: '近似匹配：对名称、地址等相近的记录，告知相似度。',
    en: 'Link: it is told which records resemble a row, by names and addresses, and how much.',
  },
};

const approvals: Readonly<Record<ComparisonTerms['approval'], Words>> = {
  none: { zh: '比对无须逐次批准。', en: 'A comparison starts without being approved.' },
  provider: { zh: '每次比对须经提供方批准后进行。', en: 'The provider approves each comparison before it starts.' },
};

/** What may be compared, how, how often, and what it tells. */
export function comparisonClauses(terms: ComparisonTerms, { definition }: Reading): Clause[] {
  const { key, compare, approval, minResult, maxList, runsPerDay, threshold } = terms;
  return [
    clause('/terms/mode', {
      zh: '提供方式：比对，使用方提交名单，平台与资源比对后交付结果。',
      en: 'By comparison: the consumer sends a list, the hub compares it with the resource and delivers the result.',
    }),
    ...terms.kinds.map((kind, i): Clause => ({ path: `/terms/kinds/${i}`, words: kinds[kind] })),
    ...key.map((name, i): Clause => {
      const label = labelOf(name, definition);
      return clause(`/terms/key/${i}`, {
        zh: `以${label.zh}对应名单与记录。`,
        en: `Rows find their record by ${label.en}.`,
      });
    }),
    ...compare.map((name, i): Clause => {
      const label = labelOf(name, definition);
      return clause(`/terms/compare/${i}`, {
        zh: `比对${label.zh}是否一致。`,
        en: `It is compared whether ${label.en} agrees.`,
      });
    }),
    ...(threshold === undefined
      ? []
      : [
          clause('/terms/threshold', {
            zh: `近似匹配只告知相似度不低于 ${threshold} 的记录（最高为 1）。`,
            en: `Link tells of records that score ${threshold} at least, of 1 at most.`,
          }),
        ]),
    clause('/terms/maxList', {
      zh: `一份名单最多 ${maxList} 行。`,
      en: `A list has ${maxList} ${maxList === 1 ? 'row' : 'rows'} at most.`,
    }),
    clause('/terms/runsPerDay', {
      zh: `使用方每天最多比对 ${runsPerDay} 次。`,
      en: `The consumer has ${runsPerDay} ${runsPerDay === 1 ? 'comparison' : 'comparisons'} a day at most.`,
    }),
    clause('/terms/minResult', {
      zh: `相符的不足 ${minResult} 条时，不告知结果。`,
      en: `A result with fewer than ${minResult} ${minResult === 1 ? 'match' : 'matches'} is not told.`,
    }),
    { path: '/terms/approval', words: approvals[approval] },
    ...watchClauses(terms),
  ];
}
