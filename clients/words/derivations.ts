import type { ResourceImpact, RunReason, RunState } from '../../schemas/contracts/derivation-runs.ts';
import type { Consent } from '../../schemas/contracts/agreements.ts';
import type { Decision, How } from '../../schemas/contracts/derivations.ts';
import type { Words } from '../../schemas/words/language.ts';

export const runStates: Readonly<Record<RunState, Words>> = {
  waiting: { en: 'waits for its inputs', zh: '待源数据' },
  running: { en: 'running', zh: '加工中' },
  committed: { en: 'made', zh: '已生成' },
  unchanged: { en: 'nothing new', zh: '无新增' },
  failed: { en: 'failed', zh: '未能生成' },
  stopped: { en: 'stopped', zh: '已停止' },
};

export const runReasons: Readonly<Record<RunReason, Words>> = {
  'no-dataset': { en: 'an input has no data yet', zh: '源资源尚无数据' },
  'too-long': { en: 'it takes too long', zh: '运行超时' },
  'too-large': { en: 'too large', zh: '数据过大' },
  'too-many-rows': { en: 'too many rows', zh: '行数过多' },
  'out-of-memory': { en: 'it takes too much memory', zh: '内存不足' },
  'value-unfit': { en: 'a value cannot be made', zh: '数据值无法计算' },
  'input-unfit': { en: 'an input is another than was agreed', zh: '源数据与约定不符' },
  'input-unreadable': { en: 'an input has values that cannot be read', zh: '源数据无法读取' },
  'invalid-derivation': { en: 'the derivation is not allowed as it is', zh: '加工规则不符合规定' },
  'rejected-records': { en: 'records break rules of the schema', zh: '结果记录不符合结构' },
  'source-ended': { en: 'a source has ended, and with it the resource', zh: '数据来源已终止，资源随之停用' },
  'source-lost': { en: 'a source is withdrawn', zh: '源数据授权已撤回' },
};

export const hows: Readonly<Record<How, Words>> = {
  copied: { en: 'as it is', zh: '原值' },
  computed: { en: 'computed', zh: '计算' },
  aggregated: { en: 'aggregated', zh: '汇总' },
  counted: { en: 'counted', zh: '计数' },
};

export const decisions: Readonly<Record<Decision, Words>> = {
  presence: { en: 'presence', zh: '存在' },
  filter: { en: 'filter', zh: '筛选' },
  join: { en: 'join', zh: '关联' },
  key: { en: 'key', zh: '主键' },
  group: { en: 'group', zh: '分组' },
  order: { en: 'order', zh: '排序' },
};

export const impactReasons: Readonly<Record<NonNullable<ResourceImpact['because']>, Words>> = {
  chosen: { en: 'as its owner chose', zh: '按提供方选定' },
  records: { en: 'without it there would be other records', zh: '缺少该源则记录不成立' },
  key: { en: 'a field of the key would be missing', zh: '主键字段将缺失' },
  required: { en: 'a required field would be missing', zh: '必填字段将缺失' },
};

/** What a department says to terms that grant its fields. */
export const consentStates: Readonly<Record<Consent['state'], Words>> = {
  asked: { en: 'asked', zh: '待答复' },
  given: { en: 'consents', zh: '同意' },
  refused: { en: 'objects', zh: '反对' },
};
