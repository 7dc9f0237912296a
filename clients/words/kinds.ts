import type { Verdict } from '../../schemas/contracts/compatibility.ts';
import type { LookupSign } from '../../schemas/contracts/lookups.ts';
import type { Correction } from '../../schemas/contracts/corrections.ts';
import type { UnusedReason } from '../../schemas/contracts/reports.ts';
import type { ListedDataset, UnfitReason } from '../../schemas/contracts/resources.ts';
import type { DifferenceKind } from '../../schemas/contracts/views.ts';
import type { Words } from '../../schemas/words/language.ts';
import type { Withheld } from '../protocol/withheld.ts';

export const differenceKinds: Readonly<Record<DifferenceKind, Words>> = {
  added: { en: 'added', zh: '新增' },
  removed: { en: 'removed', zh: '删除' },
  changed: { en: 'changed', zh: '改为' },
  reordered: { en: 'reordered', zh: '次序不同' },
};

/** Of a change to a resource's definition. */
export const verdicts: Readonly<Record<Verdict, Words>> = {
  breaking: { en: 'breaking', zh: '不兼容' },
  notify: { en: 'notify', zh: '需告知' },
  compatible: { en: 'compatible', zh: '兼容' },
};

/** What is wrong with delivered data. */
export const correctionReasons: Readonly<Record<Correction['reason'], Words>> = {
  wrong: { en: 'wrong', zh: '错误' },
  missing: { en: 'missing', zh: '缺失' },
  outdated: { en: 'outdated', zh: '过时' },
  duplicate: { en: 'duplicate', zh: '重复' },
  other: { en: 'other', zh: '其他' },
};

/** What stands out of an officer's day. */
export const lookupSigns: Readonly<Record<LookupSign, Words>> = {
  consecutive: { en: 'consecutive keys', zh: '号码连续' },
  misses: { en: 'many misses in a row', zh: '连续查空' },
  'odd-hours': { en: 'at odd hours', zh: '非工作时间' },
  'over-quota': { en: 'beyond a quota', zh: '超出额度' },
};

/** How far a dataset is prepared for lookups and comparisons. */
export const representationStates: Readonly<
  Record<Exclude<NonNullable<ListedDataset['representation']>['state'], 'unfit'>, Words>
> = {
  making: { en: 'being prepared', zh: '准备中' },
  made: { en: 'prepared', zh: '已就绪' },
};

export const unfitReasons: Readonly<Record<UnfitReason, Words>> = {
  'too-many-rows': { en: 'never: too many rows', zh: '不可用：行数过多' },
  'too-large': { en: 'never: too large', zh: '不可用：数据过大' },
  'unreadable-values': { en: 'never: values cannot be read', zh: '不可用：数据值无法读取' },
};

export const correctionDecisions: Readonly<Record<NonNullable<Correction['answer']>['decision'], Words>> = {
  'will-correct': { en: 'will be corrected', zh: '将更正' },
  'not-an-error': { en: 'not an error', zh: '数据无误' },
  unclear: { en: 'unclear', zh: '无法核实' },
};

/** Why a grant is listed as unused. */
export const unusedReasons: Readonly<Record<UnusedReason, Words>> = {
  'nothing-delivered': { en: 'nothing delivered', zh: '没有交付' },
  'never-asked': { en: 'never asked', zh: '从未查询或比对' },
  'never-fetched': { en: 'never fetched', zh: '从未获取' },
  'not-fetched-lately': { en: 'not fetched lately', zh: '近期未获取' },
  'not-asked-lately': { en: 'not asked lately', zh: '近期未查询或比对' },
  'fields-unread': { en: 'some fields unread', zh: '部分信息项未使用' },
};

/** Why a content cannot be fetched. */
export const withheldReasons: Readonly<Record<Withheld, Words>> = {
  suspended: { en: 'nothing is given out until it is in force again', zh: '恢复之前不再提供数据' },
  ended: { en: 'its agreement is not in force any more', zh: '其共享协议已不再生效' },
  replaced: { en: 'an amendment replaced its terms', zh: '其条款已被修订条款取代' },
  'retention-over': { en: 'its terms do not let it be kept any longer', zh: '已超过条款约定的保存期限' },
};
