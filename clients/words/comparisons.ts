import type {
  Comparison,
  ComparisonRefusalCode,
  ComparisonState,
  ListCounts,
} from '../../schemas/contracts/comparisons.ts';
import type { ComparisonKind } from '../../schemas/contracts/terms.ts';
import type { Words } from '../../schemas/words/language.ts';

export const comparisonStates: Readonly<Record<ComparisonState, Words>> = {
  awaiting: { en: 'awaits its list', zh: '待上传清单' },
  'awaiting-approval': { en: 'waits for the provider’s approval', zh: '待提供方同意' },
  received: { en: 'waits for its run', zh: '待比对' },
  running: { en: 'running', zh: '比对中' },
  done: { en: 'done', zh: '已完成' },
  refused: { en: 'refused', zh: '未能完成' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  expired: { en: 'expired', zh: '已失效' },
};

export const comparisonKindNames: Readonly<Record<ComparisonKind, Words>> = {
  verify: { en: 'verify', zh: '核验' },
  intersect: { en: 'intersect', zh: '交集' },
  except: { en: 'except', zh: '差集' },
  missing: { en: 'missing', zh: '查漏' },
  link: { en: 'link', zh: '近似关联' },
};

/** What rows of a list come to. */
export const rowOutcomes: Readonly<Record<keyof ListCounts, Words>> = {
  match: { en: 'match', zh: '一致' },
  mismatch: { en: 'mismatch', zh: '不一致' },
  absent: { en: 'absent', zh: '查无此项' },
  invalid: { en: 'invalid', zh: '无效' },
  repeated: { en: 'repeated', zh: '重复' },
};

export const comparisonRefusals: Readonly<Record<ComparisonRefusalCode, Words>> = {
  'length-mismatch': { en: 'another length than announced', zh: '长度与申报不符' },
  'digest-mismatch': { en: 'another digest than announced', zh: '摘要与申报不符' },
  header: { en: 'the header does not name what is compared', zh: '表头缺少比对项' },
  empty: { en: 'the list has no row', zh: '清单没有记录' },
  encoding: { en: 'the header cannot be decoded', zh: '表头编码有误' },
  'unknown-format': { en: 'another format than announced', zh: '格式与申报不符' },
  unreadable: { en: 'the list is damaged', zh: '清单无法读取' },
  'no-such-sheet': { en: 'no such sheet', zh: '没有该工作表' },
  'list-too-long': { en: 'more rows than agreed', zh: '行数超过约定' },
  'too-large': { en: 'too large', zh: '数据过大' },
  'result-unfit': { en: 'the result does not fit its format', zh: '结果超出格式限制' },
  'no-dataset': { en: 'the resource has no data yet', zh: '信息资源尚无数据' },
  'not-comparable': { en: 'the data cannot be compared with', zh: '数据无法用于比对' },
  'incompatible-version': { en: 'the data do not fit the terms any more', zh: '数据与条款不符' },
  'query-failed': { en: 'the query over the resource failed', zh: '查询执行失败' },
  declined: { en: 'the provider declined', zh: '提供方不同意' },
  'agreement-not-active': { en: 'the agreement is not in force', zh: '共享协议未生效' },
  'terms-replaced': { en: 'other terms are in force', zh: '条款已被修订取代' },
};

/** How far a run has come. */
export const comparisonStages: Readonly<
  Record<NonNullable<Extract<Comparison, { readonly state: 'running' }>['progress']>['stage'], Words>
> = {
  reading: { en: 'reading', zh: '读取' },
  comparing: { en: 'comparing', zh: '比对' },
  writing: { en: 'writing', zh: '写出' },
};
