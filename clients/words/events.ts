import type { EventNotice, EventOf, LaterNotice } from '../../schemas/contracts/notices.ts';
import type { Words } from '../../schemas/words/language.ts';

type NoticeType = EventNotice['type'];

/** What happened, after the department that did it: each event of each type of notice, in both languages. */
const happened: { readonly [Type in NoticeType]: Readonly<Record<EventOf<Type>, Words>> } = {
  agreement: {
    propose: { en: 'proposed an agreement', zh: '提出共享协议' },
    counter: { en: 'proposed other terms', zh: '提出其他条款' },
    comment: { en: 'commented', zh: '发表意见' },
    accept: { en: 'accepted the terms', zh: '接受条款' },
    approve: { en: 'approved the terms, one officer of two', zh: '一名经办人同意条款' },
    sign: { en: 'signed the terms', zh: '签署条款' },
    consent: { en: 'consented to the use of its fields', zh: '同意使用其信息项' },
    object: { en: 'objected to the use of its fields', zh: '不同意使用其信息项' },
    'consent-asked': {
      en: 'agreed on terms that grant fields of yours: you are asked',
      zh: '条款涉及你方信息项，待你方同意',
    },
    file: { en: 'filed the terms: they are in force', zh: '备案，条款生效' },
    withdraw: { en: 'took the other terms off the table', zh: '撤回其他条款' },
    suspend: { en: 'suspended the agreement', zh: '中止协议' },
    resume: { en: 'lifted a suspension', zh: '解除中止' },
    terminate: { en: 'ended the agreement', zh: '终止协议' },
    expire: { en: 'the agreement has expired', zh: '协议到期' },
    outdate: { en: 'a newer version of the resource breaks the terms', zh: '信息资源的新版本与条款不符' },
    restore: { en: 'the terms hold again under the newest version', zh: '条款与最新版本重新相符' },
    dispute: { en: 'opened a dispute', zh: '提出争议' },
    answer: { en: 'answered the dispute', zh: '答复争议' },
    decide: { en: 'decided the dispute', zh: '裁定争议' },
    dispose: { en: 'stated how the data were disposed of', zh: '提交处置声明' },
    'benefit-stated': { en: 'stated what a month’s data were good for', zh: '填报月度应用成效' },
  },
  demand: {
    stated: { en: 'asks you for data', zh: '向你提出需求' },
    matched: { en: 'named a resource for your demand', zh: '为需求指定信息资源' },
    declined: { en: 'declines your demand', zh: '不予提供' },
    withdrawn: { en: 'withdrew the demand', zh: '撤回需求' },
  },
  resource: {
    deprecated: { en: 'will retire a resource', zh: '将停用信息资源' },
    retired: { en: 'retired a resource', zh: '停用信息资源' },
    'fields-lost': { en: 'fields that you get are missing', zh: '你方获取的部分信息项缺失' },
    'fields-back': { en: 'fields that you get are there again', zh: '你方获取的部分信息项已恢复' },
    'derivation-failed': { en: 'your derived resource could not be made', zh: '你方加工资源未能生成' },
    'derivation-back': { en: 'your derived resource is made again', zh: '你方加工资源已恢复生成' },
    'derivation-stopped': { en: 'your derived resource is not made any more', zh: '你方加工资源已停止生成' },
    'delivery-void': { en: 'a delivery cannot be written', zh: '一次交付无法生成' },
  },
  correction: {
    reported: { en: 'reported an error in your data', zh: '报告数据有误' },
    answered: { en: 'answered your correction', zh: '答复更正申请' },
    closed: { en: 'the correction is closed by new data', zh: '新数据已更正，申请办结' },
  },
  comparison: {
    'approval-asked': { en: 'asks you to allow a comparison with your data', zh: '申请与你方数据比对，待你方同意' },
    approved: { en: 'allowed the comparison', zh: '同意比对' },
    declined: { en: 'declined the comparison', zh: '不同意比对' },
    cancelled: { en: 'cancelled the comparison', zh: '取消比对' },
    withheld: {
      en: 'the comparison has fewer matches than its terms let be told',
      zh: '比对命中数低于协议约定的下限，结果不予提供',
    },
    refused: { en: 'the comparison has no result', zh: '比对未能完成' },
    expired: { en: 'the comparison has expired', zh: '比对逾期失效' },
  },
  changed: {
    records: { en: 'records of watched keys have changed', zh: '所监测主键的记录有变化' },
  },
  watch: {
    begun: { en: 'the keys are watched', zh: '已开始监测主键' },
    refused: { en: 'the keys cannot be watched', zh: '主键无法监测' },
    renewed: {
      en: 'the keys are watched by the terms now in force: look them up or compare them anew',
      zh: '按现行条款重新监测，请重新查询或比对',
    },
    ended: { en: 'the keys are watched no more', zh: '监测已终止' },
    expired: { en: 'the keys did not come in time', zh: '主键清单逾期未到，已失效' },
  },
  reconciliation: {
    ended: { en: 'a standing order to compare has ended', zh: '定期比对已终止' },
  },
  duty: {
    reminder: { en: 'a reminder', zh: '提醒' },
    due: { en: 'due today', zh: '今日到期' },
    overdue: { en: 'overdue', zh: '逾期' },
    escalated: { en: 'overdue, now before the authority', zh: '逾期，已报主管部门' },
  },
};

/** Of an event that came with a later hub. */
const newsOf: Readonly<Record<NoticeType, Words>> = {
  agreement: { en: 'news of an agreement', zh: '共享协议有新情况' },
  demand: { en: 'news of a demand', zh: '共享需求有新情况' },
  resource: { en: 'news of a resource', zh: '信息资源有新情况' },
  correction: { en: 'news of a correction', zh: '更正申请有新情况' },
  comparison: { en: 'news of a comparison', zh: '数据比对有新情况' },
  changed: { en: 'news of watched keys', zh: '监测的主键有新情况' },
  reconciliation: { en: 'news of a standing order to compare', zh: '定期比对有新情况' },
  watch: { en: 'news of a watch', zh: '主键监测有新情况' },
  duty: { en: 'news of a duty', zh: '待办事项有新情况' },
};

/** What a notice tells of, in words; of an event that is not known, in general ones that name it. */
export function eventWords({ type, event }: Pick<EventNotice | LaterNotice, 'type' | 'event'>): Words {
  const known: Readonly<Record<string, Words>> = happened[type];
  if (Object.hasOwn(known, event)) return known[event] as Words;
  const { en, zh } = newsOf[type];
  return { en: `${en} (${event})`, zh: `${zh}（${event}）` };
}
