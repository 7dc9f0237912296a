import type { AgreementState, Consent, Disposal, Holder } from '../../../../schemas/contracts/agreements.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import { clause, quoted, type Clause, type Reading } from './clause.ts';
import { phrases } from './phrases.ts';
import { tableOf } from './table.ts';

const states: Readonly<Record<AgreementState, Words>> = {
  proposed: { zh: '已提出，等待对方答复', en: 'proposed; the other party has not answered' },
  agreed: { zh: '双方已达成一致，等待签署', en: 'agreed by both parties, to be signed' },
  signed: { zh: '双方已签署，等待主管部门备案', en: 'signed by both parties, to be filed by the authority' },
  active: { zh: '已备案，正在生效', en: 'filed, and in force' },
  suspended: { zh: '已备案，现中止执行', en: 'filed, and suspended' },
  terminated: { zh: '已终止', en: 'terminated' },
  expired: { zh: '已到期', en: 'expired' },
};

/** Where these terms and the whole agreement stand. */
export function standingClauses(reading: Reading): Clause[] {
  const { agreement } = reading;
  return [
    { path: '/state', words: stateWords(reading) },
    ...(agreement.filingNumber === undefined
      ? []
      : [
          clause('/filingNumber', {
            zh: `备案号：${quoted(agreement.filingNumber)}。`,
            en: `Filed under the number ${quoted(agreement.filingNumber)}.`,
          }),
        ]),
    ...signatureClause(reading),
    ...consentClauses(reading),
    ...suspensionClauses(reading),
    ...disputeClause(reading),
    ...outdatedClause(reading),
    ...disposalClause(agreement.disposal),
  ];
}

function stateWords(reading: Reading): Words {
  const { agreement } = reading;
  const table = tableOf(reading);
  const { zh, en } = states[agreement.state];
  if (table.is === 'amendment')
    return {
      zh: `本协议${zh}；以上条款是对它的修改：${states[table.state].zh}，备案前仍按第 ${agreement.termsVersion} 版执行。`,
      en: `The agreement is ${en}. These terms are to amend it: ${states[table.state].en}; until they are filed version ${agreement.termsVersion} holds.`,
    };
  if (table.is === 'past')
    return {
      zh: `以上条款（第 ${reading.version.version} 版）不是现行条款；现行的是第 ${agreement.termsVersion} 版，本协议${zh}。`,
      en: `These terms (version ${reading.version.version}) are not those that hold; version ${agreement.termsVersion} is. The agreement is ${en}.`,
    };
  return { zh: `本协议${zh}。`, en: `The agreement is ${en}.` };
}

function signatureClause(reading: Reading): Clause[] {
  const table = tableOf(reading);
  if (table.is === 'past') return [];
  const names = table.signatures.map((party) => reading.nameOf(party));
  return [
    names.length === 0
      ? clause('/signatures', { zh: '尚无一方签署。', en: 'Nobody has signed yet.' })
      : clause('/signatures', {
          zh: `已签署：${names.map(({ zh }) => zh).join('、')}。`,
          en: `Signed by ${names.map(({ en }) => en).join(' and by ')}.`,
        }),
  ];
}

const consentWords: Readonly<Record<Consent['state'], Words>> = {
  asked: { zh: '尚未答复是否同意使用其信息项', en: 'has yet to say whether it consents to the use of its fields' },
  given: { zh: '同意使用其信息项', en: 'consents to the use of its fields' },
  refused: { zh: '不同意使用其信息项', en: 'objects to the use of its fields' },
};

/** Of a derived resource: they are no parties, and without them nothing is filed. */
function consentClauses(reading: Reading): Clause[] {
  const table = tableOf(reading);
  if (table.is === 'past') return [];
  return table.consents.map(({ department, state }, i) => {
    const { zh, en } = reading.nameOf(department);
    return clause(`/consents/${i}`, {
      zh: `${zh}${consentWords[state].zh}。`,
      en: `${en} ${consentWords[state].en}.`,
    });
  });
}

const holders: Readonly<Record<Holder, Words>> = {
  provider: { zh: '提供方', en: 'the provider' },
  consumer: { zh: '使用方', en: 'the consumer' },
  authority: { zh: '主管部门', en: 'the authority' },
  consent: {
    zh: '平台（信息项来源部门不再同意）',
    en: 'the hub (a department whose fields are granted does not consent)',
  },
  clock: { zh: '平台（旧版资源的宽限期已过）', en: 'the hub (the grace for the old resource version is over)' },
};

const suspensionClauses = ({ agreement }: Reading): Clause[] =>
  agreement.suspensions.map(({ holder, at, reason }, i) =>
    clause(`/suspensions/${i}`, {
      zh: `${holders[holder].zh}自 ${at.slice(0, 10)} 起中止执行：${quoted(reason)}。`,
      en: `Suspended by ${holders[holder].en} since ${at.slice(0, 10)}: ${quoted(reason)}.`,
    }),
  );

function disputeClause({ agreement: { dispute }, nameOf }: Reading): Clause[] {
  if (!dispute) return [];
  const by = nameOf(dispute.openedBy);
  const where = {
    open: { zh: '等待对方答复', en: 'the other party has to answer' },
    answered: { zh: '等待主管部门裁定', en: 'the authority has to decide' },
    decided: { zh: '已裁定', en: 'decided' },
  }[dispute.state];
  return [
    clause('/dispute', { zh: `${by.zh}提出争议，${where.zh}。`, en: `A dispute was opened by ${by.en}: ${where.en}.` }),
  ];
}

function outdatedClause({ agreement: { outdated }, version }: Reading): Clause[] {
  if (!outdated) return [];
  const { resourceVersion, fields, graceUntil } = outdated;
  const names = fields.map(quoted);
  const until = phrases[version.terms.mode].outdated(graceUntil);
  return [
    clause('/outdated', {
      zh: `资源第 ${resourceVersion} 版不再按约定提供${names.join('、')}；${until.zh}，此前须修改条款。`,
      en: `Version ${resourceVersion} of the resource no longer gives ${names.join(', ')} as agreed. ${until.en}; the terms have to be amended before.`,
    }),
  ];
}

function disposalClause(disposal: Disposal | undefined): Clause[] {
  if (!disposal) return [];
  const { due, statement } = disposal;
  return [
    statement
      ? clause('/disposal', {
          zh: `使用方已于 ${statement.disposedOn} 处置数据并作出声明。`,
          en: `The consumer disposed of the data on ${statement.disposedOn} and stated so.`,
        })
      : clause('/disposal', {
          zh: `使用方须在 ${due} 前（含当日）销毁数据并提交处置声明。`,
          en: `The consumer has to destroy the data and state so by ${due}.`,
        }),
  ];
}
