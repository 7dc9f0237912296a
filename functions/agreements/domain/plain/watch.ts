import type { LookupTerms } from '../../../../schemas/contracts/terms.ts';
import { clause, type Clause } from './clause.ts';

/** Of how many keys the consumer is told when their records change; where the terms are silent it is told of none. */
export const watchClauses = ({ watchKeys }: Pick<LookupTerms, 'watchKeys'>): Clause[] =>
  watchKeys === undefined
    ? []
    : [
        clause('/terms/watchKeys', {
          zh: `使用方最多可同时监测 ${watchKeys} 个主键，每天新登记的也不超过此数；对应记录变化时，平台只告知发生了变化，不提供内容。`,
          en: `The consumer has ${watchKeys} ${watchKeys === 1 ? 'key' : 'keys'} watched at once at most, and lodges no more a day; when a record of theirs changes it is told that it did, and nothing of it.`,
        }),
      ];
