import type { EventNotice } from '../../../schemas/contracts/messages.ts';
import { bold, type Look, yellow } from '../look.ts';
import { moment } from '../quantity.ts';
import { dutyWord } from './duty-words.ts';
import { either } from './words.ts';

type Texts = Readonly<Record<string, readonly [en: string, zh: string]>>;

/** What happened, by type and event; an event that this tool does not know is told by its own name. */
const happened: Readonly<Record<EventNotice['type'], Texts>> = {
  agreement: {
    propose: ['proposed an agreement', '提出共享协议'],
    counter: ['proposed other terms', '提出其他条款'],
    comment: ['commented', '发表意见'],
    accept: ['accepted the terms', '接受条款'],
    approve: ['approved the terms, one officer of two', '一名经办人同意条款'],
    sign: ['signed the terms', '签署条款'],
    file: ['filed the terms: they are in force', '备案，条款生效'],
    withdraw: ['took the other terms off the table', '撤回其他条款'],
    suspend: ['suspended the agreement', '中止协议'],
    resume: ['lifted a suspension', '解除中止'],
    terminate: ['ended the agreement', '终止协议'],
    expire: ['the agreement has expired', '协议到期'],
    outdate: ['a newer version of the resource breaks the terms', '信息资源的新版本与条款不符'],
    restore: ['the terms hold again under the newest version', '条款与最新版本重新相符'],
    dispute: ['opened a dispute', '提出争议'],
    answer: ['answered the dispute', '答复争议'],
    decide: ['decided the dispute', '裁定争议'],
    dispose: ['stated how the data were disposed of', '提交处置声明'],
  },
  demand: {
    stated: ['asks you for data', '向你提出需求'],
    matched: ['named a resource for your demand', '为需求指定信息资源'],
    declined: ['declines your demand', '不予提供'],
    withdrawn: ['withdrew the demand', '撤回需求'],
  },
  resource: {
    deprecated: ['will retire a resource', '将停用信息资源'],
    retired: ['retired a resource', '停用信息资源'],
    'delivery-void': ['a delivery cannot be written', '一次交付无法生成'],
  },
  correction: {
    reported: ['reported an error in your data', '报告数据有误'],
    answered: ['answered your correction', '答复更正申请'],
    closed: ['the correction is closed by new data', '新数据已更正，申请办结'],
  },
  duty: {
    reminder: ['a reminder', '提醒'],
    due: ['due today', '今日到期'],
    overdue: ['overdue', '逾期'],
    escalated: ['overdue, now before the authority', '逾期，已报主管部门'],
  },
};

/** One event as a line: when, who did what or what is owed, and the command that reads on. */
export const eventLine = (notice: EventNotice, look: Look): string =>
  [moment(notice.at), said(notice, look), about(notice), readOn(notice)].filter(Boolean).join('  ');

function said({ type, event, by, duty, due }: EventNotice, look: Look): string {
  const [en, zh] = happened[type][event] ?? [event, event];
  const what = either(look, en, zh);
  if (duty === undefined) {
    const day = due === undefined ? '' : either(look, `, by ${due}`, `，期限 ${due}`);
    return bold([by, what].filter(Boolean).join(' '), look) + day;
  }
  const until = due === undefined ? '' : either(look, ` by ${due}`, `，期限 ${due}`);
  return `${yellow(what, look)}: ${dutyWord(duty, look)}${until}`;
}

const about = ({ resourceId, state, type }: EventNotice): string =>
  [resourceId, type === 'duty' ? undefined : state && `(${state})`].filter(Boolean).join(' ');

function readOn({ type, agreementId, demandId, resourceId, correctionId }: EventNotice): string {
  if (type === 'correction' && correctionId !== undefined) return `hub corrections show ${correctionId}`;
  if (type === 'resource' && resourceId !== undefined) return `hub resources show ${resourceId}`;
  if (demandId !== undefined && agreementId === undefined) return `hub demand show ${demandId}`;
  return agreementId === undefined ? '' : `hub agreements show ${agreementId}`;
}
